using System.Globalization;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Protocols.Cjt188;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>The address with which a meter answers, and its type: all that the standard lets it tell of itself.</summary>
internal sealed class Cjt188IdentityReader(Cjt188Client client, IReadOnlyList<(Cjt188Meter Meter, int RepeatsMax)> meters) : IIdentityReader
{
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(int device, CancellationToken cancellation)
    {
        var fields = new IdentityFields();
        if (await client.ReadAnswererAsync(meters[device].Meter, null, cancellation).ConfigureAwait(false) is var (type, address))
        {
            fields.Add("address", address.ToString());
            fields.Add("meter type", string.Create(CultureInfo.InvariantCulture, $"{type:X2}"));
        }

        return fields;
    }
}
