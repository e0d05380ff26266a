namespace EdgeAgent.Assessment.Evidence;

/// <summary>One disagreement that a verification found.</summary>
/// <param name="File">The file of the pack, or <c>(container)</c>.</param>
/// <param name="Place">Where in it: a row, a batch, a JSON path; empty for the file as such.</param>
/// <param name="Text">What is wrong.</param>
public sealed record PackProblem(string File, string Place, string Text)
{
    public override string ToString() => Place.Length == 0 ? $"{File}: {Text}" : $"{File}, {Place}: {Text}";
}
