namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>One device of one agent as the tables of a pack name it.</summary>
internal readonly record struct SourceRow(string Agent, string Device, string Driver, string Address, string Asset) : IComparable<SourceRow>
{
    public int CompareTo(SourceRow other)
    {
        int order = string.CompareOrdinal(Agent, other.Agent);
        order = order != 0 ? order : string.CompareOrdinal(Device, other.Device);
        order = order != 0 ? order : string.CompareOrdinal(Address, other.Address);
        order = order != 0 ? order : string.CompareOrdinal(Asset, other.Asset);
        return order != 0 ? order : string.CompareOrdinal(Driver, other.Driver);
    }
}
