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

    /// <summary>All errors found, also those not kept.</summary>
    public int Total { get; private set; }

    /// <summary>Errors kept.</summary>
    public int Count => _errors.Count;

    public bool Any => Total > 0;

    /// <param name="problem">What is wrong.</param>
    /// <param name="expected">What was expected there; may be empty.</param>
    /// <param name="tryNext">What to try; may be empty.</param>
    public void Add(ConfigPath path, string problem, string expected, string tryNext)
    {
        Total++;
        if (_errors.Count < KeptMax)
        {
            int line = path.File is null && lineOf is not null ? lineOf(path.Text) : 0;
            _errors.Add(new ConfigError(path.File ?? file, path.Text, line, problem, expected, tryNext));
        }
    }

    public IEnumerator<ConfigError> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
