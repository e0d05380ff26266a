using System.Globalization;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Reads the name of the CPU module. A-compatible 1E frames have no such question that all modules answer.</summary>
internal sealed class MelsecIdentityReader(MelsecClient client) : IIdentityReader
{
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(int device, CancellationToken cancellation)
    {
        var fields = new IdentityFields();
        if (await client.ReadModelAsync(cancellation).ConfigureAwait(false) is var (name, code))
        {
            fields.Add("cpu model", name);
            fields.Add("cpu model code", string.Create(CultureInfo.InvariantCulture, $"{code:X4}H"));
        }

        return fields;
    }
}
