namespace EdgeAgent.Assessment.Ledger;

/// <summary>A process of production (工序).</summary>
/// <param name="Name">Unique; assets name it.</param>
/// <param name="IsKey">关键工序.</param>
/// <param name="Workshop">Where it takes place; may be empty.</param>
public sealed record PlantProcess(string Name, bool IsKey, string Workshop = "", string Note = "");
