package dev.rebound.check;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says in a user's words what Kafka's clients throw. */
final class KafkaProblem {

    private KafkaProblem() {}

    /** What a client that could not be made, or a call that failed, means. */
    static Problem of(Throwable thrown) {
        Throwable problem =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (Problem.isCausedBy(problem, UnsupportedSaslMechanismException.class)) {
            return new Problem(
                    "the broker does not offer this SASL mechanism: " + problem.getMessage(),
                    "set sasl.mechanism to one that it offers, with the matching login module in sasl.jaas.config");
        }
        if (problem instanceof SaslAuthenticationException) {
            return new Problem(
                    "wrong user or password: " + problem.getMessage(),
                    "correct username and password in sasl.jaas.config, and sasl.mechanism if it is another one;"
                            + " kafka-configs --describe --entity-type users lists SCRAM users");
        }
        if (problem instanceof SslAuthenticationException) {
            return tls(problem);
        }
        if (problem instanceof AuthenticationException) {
            return new Problem("not authenticated: " + problem.getMessage(), "check security.protocol and sasl.*");
        }
        if (problem instanceof AuthorizationException) {
            return new Problem(
                    "not allowed: " + problem.getMessage(), "let an administrator add the ACL with kafka-acls");
        }
        if (problem instanceof InvalidReplicationFactorException) {
            return new Problem(
                    problem.getMessage(),
                    "set rebound.topics.replication.factor, or replication.factor for internal topics, to at most"
                            + " the number of brokers");
        }
        if (problem instanceof TimeoutException) {
            return new Problem(
                    "no answer in time: " + problem.getMessage(), "see whether the brokers are up and not overloaded");
        }
        if (problem instanceof KafkaException && problem.getCause() != null) {
            return notMade(problem);
        }
        return new Problem(Problem.innermost(problem), "see the brokers' log");
    }

    /** A client could not even be made from its settings. */
    private static Problem notMade(Throwable problem) {
        String all = Problem.everything(problem).toLowerCase(Locale.ROOT);
        if (all.contains("jaas") || all.contains("login module")) {
            return new Problem(
                    "sasl.jaas.config cannot be used: " + Problem.innermost(problem),
                    "write it as: org.apache.kafka.common.security.scram.ScramLoginModule required username=\"...\""
                            + " password=\"...\";");
        }
        if (all.contains("keystore") || all.contains("truststore") || all.contains("ssl")) {
            return new Problem(
                    Problem.innermost(problem),
                    "check the location, password and type keys of ssl.truststore and ssl.keystore");
        }
        return new Problem(Problem.innermost(problem), "correct the key that is named");
    }

    private static Problem tls(Throwable problem) {
        String all = Problem.everything(problem);
        String why = Problem.innermost(problem);
        if (all.contains("subject alternative") || all.contains("No name matching")) {
            return new Problem(
                    "the broker's certificate is for another host: " + why,
                    "name the broker in bootstrap.servers as its certificate does, or give it a certificate with this"
                            + " name");
        }
        if (all.contains("PKIX") || Problem.isCausedBy(problem, CertificateException.class)) {
            return new Problem(
                    "the broker's certificate is not trusted: " + why,
                    "put the certificate of the authority that signed it into the file of ssl.truststore.location");
        }
        if (all.contains("fatal alert")) {
            return new Problem(
                    "the broker ends the TLS handshake: " + why,
                    "if it asks for a client certificate, set ssl.keystore.location, ssl.keystore.password and"
                            + " ssl.key.password; else compare ssl.enabled.protocols");
        }
        return new Problem(
                "no TLS connection: " + why,
                "security.protocol says TLS; if the port has none, set SASL_PLAINTEXT or PLAINTEXT");
    }
}
