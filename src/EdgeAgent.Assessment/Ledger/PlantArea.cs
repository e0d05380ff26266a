namespace EdgeAgent.Assessment.Ledger;

/// <summary>An area of the plant (车间/产线): the denominator of network coverage, whether or not an asset stands in it.</summary>
/// <param name="Workshop">车间.</param>
/// <param name="Line">产线; empty for a workshop as a whole.</param>
public sealed record PlantArea(string Workshop, string Line = "", string Note = "")
{
    /// <summary>Workshop and line in one text, by which events refer to it.</summary>
    public string Key => Line.Length == 0 ? Workshop : $"{Workshop}/{Line}";
}
