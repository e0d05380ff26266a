using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Which data items of an agent the tags of one device mean, and what is wrong with those that mean none.</summary>
internal sealed class MtConnectTagMap
{
    private readonly Dictionary<string, List<int>> _tagsOfItem = new(StringComparer.Ordinal);

    /// <param name="device">Name or uuid of the device at the agent; null for the only one.</param>
    public MtConnectTagMap(MtConnectModel model, string? device, MtConnectTag[] tags)
    {
        Problems = new string?[tags.Length];
        MtConnectDataItem[] items = [.. model.Items.Where(item => device is null || item.Device == device || item.DeviceUuid == device)];
        string? unknown = items.Length > 0 ? null
            : $"the agent has no device '{device}'; it has {string.Join(", ", model.Items.Select(item => item.Device).Distinct())}";
        for (int i = 0; i < tags.Length; i++)
        {
            List<MtConnectDataItem> found = tags[i].Address.Find(items);
            Problems[i] = unknown ?? found.Count switch
            {
                1 => null,
                0 => $"tag '{tags[i].Name}': the device has no data item '{tags[i].Address.Text}'; see the agent's answer to probe",
                _ => $"tag '{tags[i].Name}': '{tags[i].Address.Text}' can mean {string.Join(", ", found.Select(item => $"{item.Id} of {item.Component}"))}; give the id",
            };
            if (Problems[i] is null)
            {
                if (!_tagsOfItem.TryGetValue(found[0].Id, out List<int>? wanting))
                {
                    _tagsOfItem.Add(found[0].Id, wanting = []);
                }

                wanting.Add(i);
            }
        }
    }

    /// <summary>By tag; null when all is well.</summary>
    public string?[] Problems { get; }

    /// <summary>The tags that mean a data item; null when none does.</summary>
    public List<int>? TagsOf(string dataItemId) => _tagsOfItem.GetValueOrDefault(dataItemId);
}
