# Builds Rebound from this directory's sources; the image that remains has a Java runtime and the jars, and no root.

FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
# Tests, format and checks belong to `mvn verify`, not to making an image.
RUN --mount=type=cache,target=/maven-repository \
    mvn --batch-mode --no-transfer-progress -Dmaven.repo.local=/maven-repository \
        -pl local -am -Dmaven.test.skip=true -Dspotless.check.skip=true package \
 && mkdir /lib \
 && cp local/target/dependency/*.jar /lib/ \
 && cp local/target/local-*.jar /lib/

# RocksDB's native library needs glibc: no image based on Alpine.
FROM eclipse-temurin:17.0.16_8-jre-jammy
RUN groupadd --gid 10001 rebound \
 && useradd --uid 10001 --gid rebound --no-create-home --home-dir /var/lib/rebound --shell /usr/sbin/nologin rebound \
 && install --directory --owner=rebound --group=rebound --mode=0750 /var/lib/rebound
COPY --from=build /lib /opt/rebound/lib
COPY LICENSE /opt/rebound/LICENSE
# Half of the container's memory for the heap, in large pages where the host has them: RocksDB and network buffers live outside it.
ENV JDK_JAVA_OPTIONS="-XX:+UseParallelGC -XX:+UseTransparentHugePages -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
USER 10001:10001
WORKDIR /var/lib/rebound
VOLUME /var/lib/rebound
ENTRYPOINT ["java", "-cp", "/opt/rebound/lib/*", "dev.rebound.local.Main"]
CMD ["run"]
