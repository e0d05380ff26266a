using System.Collections;

namespace EdgeAgent.Core.Configuration;

/// <summary>Everything wrong with a configuration, in the order found. Values of secrets never get in.</summary>
/// <param name="file">The file that paths without a file of their own lie in.</param>
/// <param name="lineOf">Finds the line of a JSON path; 0 when unknown.</param>
public sealed class ConfigErrors(string file = "", Func<string, int>? lineOf = null) : IReadOnlyCollection<ConfigError>
{
    /// <summary>Beyond this many a list of errors helps no one; the rest is only counted.</summary>
    public const int KeptMax = 1000;

    private readonly List<ConfigError> _errors = [];
    private readonly List<ConfigError> _warnings = [];
    private readonly HashSet<(string?, string, string)> _seen = [];

    private readonly HashSet<string> _muted = new(StringComparer.Ordinal);
    private readonly List<string> _secrets = [];

    /// <summary>All errors found, also those not kept.</summary>
    public int Total { get; private set; }

    /// <summary>Errors kept.</summary>
    public int Count => _errors.Count;

    public bool Any => Total > 0;

    /// <summary>What works and still will not be what was wanted; never in the way of a start.</summary>
    public IReadOnlyList<ConfigError> Warnings => _warnings;

    /// <summary>Reports a warning, once however often it is found.</summary>
    public void Warn(ConfigPath path, string problem, string expected, string tryNext)
    {
        var warning = new ConfigError(path.File ?? FileOf?.Invoke(path.Text) ?? file, path.Text, path.File is null && lineOf is not null ? lineOf(path.Text) : 0, Redacted(problem), expected, tryNext);
        if (_warnings.Count < KeptMax && !_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>Reports an error, once however often it is found.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="expected">What was expected there; may be empty.</param>
    /// <param name="tryNext">What to try; may be empty.</param>
    public void Add(ConfigPath path, string problem, string expected, string tryNext)
    {
        problem = Redacted(problem);
        if (path.File is null && IsMuted(path.Text))
        {
            return;
        }

        if (_errors.Count == KeptMax)
        {
            Total++;
            return;
        }

        // A table that many devices share has each of its errors once.
        if (!_seen.Add((path.File, path.Text, problem)))
        {
            return;
        }

        Total++;
        int line = path.File is null && lineOf is not null ? lineOf(path.Text) : 0;
        _errors.Add(new ConfigError(path.File ?? FileOf?.Invoke(path.Text) ?? file, path.Text, line, problem, expected, tryNext));
    }

    /// <summary>Finds the file in which a JSON path stands, when the configuration is put together from several; null is the usual one.</summary>
    internal Func<string, string?>? FileOf { get; init; }

    /// <summary>Takes over what was found in another file.</summary>
    internal void Add(ConfigErrors others)
    {
        foreach (ConfigError error in others)
        {
            if (_seen.Add((error.File, error.Path, error.Problem)) && ++Total <= KeptMax)
            {
                _errors.Add(error);
            }
        }
    }

    /// <summary>Ignores further errors at or below a place: what stands there is not what the file says.</summary>
    internal void Mute(ConfigPath path) => _muted.Add(path.Text);

    /// <summary>Keeps a secret out of messages from here on.</summary>
    internal void Hide(string secret)
    {
        // Shorter ones would blot out half of every message, and protect nothing.
        if (secret.Length >= 3 && !_secrets.Contains(secret))
        {
            _secrets.Add(secret);
        }
    }

    private string Redacted(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }

    private bool IsMuted(string path)
    {
        if (_muted.Count == 0)
        {
            return false;
        }

        for (int end = path.Length; end > 0; end = path.AsSpan(0, end).LastIndexOfAny('.', '['))
        {
            if (_muted.Contains(path[..end]))
            {
                return true;
            }
        }

        return false;
    }

    public IEnumerator<ConfigError> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
