using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Reports;

/// <summary>A form cannot be filled; says why and what to do.</summary>
public sealed class FormBlockedException(BilingualText text) : Exception(text.Zh)
{
    /// <summary>What is missing, for people.</summary>
    public BilingualText Text => text;
}
