using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Says which data item a tag means: by id or name, or by type, subtype and component.</summary>
internal sealed record MtConnectAddress(string Text, string IdOrName, string Type, string SubType, string Component)
{
    private const string TypePrefix = "type:";

    public static bool TryParse(string text, out MtConnectAddress? address)
    {
        string trimmed = text.Trim();
        address = null;
        if (!trimmed.StartsWith(TypePrefix, StringComparison.Ordinal))
        {
            address = trimmed.Length == 0 ? null : new MtConnectAddress(trimmed, trimmed, "", "", "");
            return address is not null;
        }

        string[] atComponent = trimmed[TypePrefix.Length..].Split('@');
        string[] types = atComponent[0].Split('/');
        bool fits = atComponent.Length <= 2 && types.Length <= 2 && types.All(part => part.Length > 0) && atComponent.All(part => part.Length > 0);
        address = fits ? new MtConnectAddress(trimmed, "", types[0], types.Length > 1 ? types[1] : "", atComponent.Length > 1 ? atComponent[1] : "") : null;
        return fits;
    }

    /// <summary>The data items that it can mean; an id comes before a name.</summary>
    public List<MtConnectDataItem> Find(IEnumerable<MtConnectDataItem> items)
    {
        if (IdOrName.Length == 0)
        {
            return [.. items.Where(item => item.Type == Type && (SubType.Length == 0 || item.SubType == SubType)
                && (Component.Length == 0 || item.Component == Component || item.ComponentId == Component))];
        }

        List<MtConnectDataItem> byId = [.. items.Where(item => item.Id == IdOrName)];
        return byId.Count > 0 ? byId : [.. items.Where(item => item.Name == IdOrName)];
    }
}
