using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>One disagreement that a verification found.</summary>
/// <param name="File">The file of the pack, or <c>(container)</c>.</param>
/// <param name="Place">Where in it: a row, a batch, a JSON path; empty for the file as such.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Chinese">The same in Chinese, for pages.</param>
public sealed record PackProblem(string File, string Place, string Text, string Chinese)
{
    /// <summary>Stands for the file that holds all others.</summary>
    internal const string Container = "(container)";

    /// <summary>Whether it is the ZIP file as such, and none of those in it.</summary>
    [JsonIgnore]
    public bool IsContainer => File == Container;

    /// <summary>The place for people; JSON paths and names of columns are the same in both languages.</summary>
    [JsonIgnore]
    public BilingualText PlaceText => new(
        Place.StartsWith("sequence ", StringComparison.Ordinal) ? $"批次序号 {Place["sequence ".Length..]}"
        : Place.StartsWith("chain ", StringComparison.Ordinal) ? $"批次链 {Place["chain ".Length..]}"
        : Place.StartsWith("row ", StringComparison.Ordinal) && Place.Split(", ", 2) is [var row, var column] ? $"第 {row["row ".Length..]} 行，{column}"
        : Place, Place);

    public override string ToString() => Place.Length == 0 ? $"{File}: {Text}" : $"{File}, {Place}: {Text}";
}
