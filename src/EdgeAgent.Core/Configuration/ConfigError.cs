namespace EdgeAgent.Core.Configuration;

/// <summary>One thing that is wrong with a configuration, told so that it can be put right.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">JSON path, or line and column of a table.</param>
/// <param name="Line">Line in the file, from 1; 0 when unknown.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="TryNext">What to try.</param>
public sealed record ConfigError(string File, string Path, int Line, string Problem, string Expected, string TryNext)
{
    public override string ToString()
    {
        string place = Path.Length == 0 ? File : Line > 0 && Path.StartsWith('$') ? $"{File}:{Line}: {Path}" : $"{File}: {Path}";
        string expected = Expected.Length > 0 ? $"; expected {Expected}" : "";
        string tryNext = TryNext.Length > 0 ? $"; try: {TryNext}" : "";
        return $"{place}: {Problem}{expected}{tryNext}";
    }
}
