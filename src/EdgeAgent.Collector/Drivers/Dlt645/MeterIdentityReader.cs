using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Reads what is printed on a meter: its address, and by the edition of 2007 its number, asset number and type.</summary>
internal sealed class MeterIdentityReader(Dlt645Client client, IReadOnlyList<Meter> meters) : IIdentityReader
{
    private const uint ForwardActiveEnergy = 0x00010000;

    // Table A.3: parameter variables.
    private const uint MeterNumber = 0x04000402;
    private const uint AssetNumber = 0x04000403;
    private const uint MeterType = 0x0400040B;

    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(int device, CancellationToken cancellation)
    {
        Meter meter = meters[device];
        var fields = new IdentityFields();
        if (meter.Version != Dlt645Version.V2007)
        {
            // Only whoever is alone on the line could be asked for more than an address that it answers to.
            fields.Add("address", meter.Address.ToString());
            return fields;
        }

        byte[] data = new byte[Dlt645Frame.DataBytesMax];
        Dlt645Result energy = await client.ReadAsync(meter.Version, meter.Address, ForwardActiveEnergy, data, null, cancellation).ConfigureAwait(false);
        if (energy.Status is ExchangeStatus.Ok or ExchangeStatus.Refused)
        {
            fields.Add("address", meter.Address.ToString());
        }

        fields.Add("meter number", await ReadAsync(meter, MeterNumber, isText: false, data, cancellation).ConfigureAwait(false));
        fields.Add("asset number", await ReadAsync(meter, AssetNumber, isText: true, data, cancellation).ConfigureAwait(false));
        fields.Add("type", await ReadAsync(meter, MeterType, isText: true, data, cancellation).ConfigureAwait(false));
        return fields;
    }

    /// <summary>All data of the standard travel with the lowest byte first, texts too.</summary>
    private async ValueTask<string?> ReadAsync(Meter meter, uint identifier, bool isText, byte[] data, CancellationToken cancellation)
    {
        Dlt645Result result = await client.ReadAsync(meter.Version, meter.Address, identifier, data, null, cancellation).ConfigureAwait(false);
        if (result.Status != ExchangeStatus.Ok)
        {
            return null;
        }

        byte[] told = [.. data.AsSpan(0, result.DataBytes)];
        Array.Reverse(told);
        return !isText ? Convert.ToHexString(told)
            : told.All(value => value is 0 or (>= 0x20 and < 0x7F)) ? Encoding.ASCII.GetString(told).Trim('\0', ' ') : null;
    }
}
