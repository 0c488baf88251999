// Loaded before anything is painted, so that a chosen theme does not flash in the other's colours.
(() => {
    try {
        const chosen = localStorage.getItem('rebound.theme');
        if (chosen === 'light' || chosen === 'dark') {
            document.documentElement.dataset.theme = chosen;
        }
    } catch {
        // Storage is switched off: the system's theme it is.
    }
})();
