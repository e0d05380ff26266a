using System.Buffers.Binary;
using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Reads order number, type, name and serial number of the module from its system status lists.</summary>
internal sealed class S7IdentityReader(S7Client client) : IIdentityReader
{
    /// <summary>Module identification: order numbers and versions.</summary>
    private const ushort ModuleList = 0x0011;

    /// <summary>Component identification: names and serial number.</summary>
    private const ushort ComponentList = 0x001C;

    private const int IndexBytes = 2;
    private const int OrderNumberBytes = 20;

    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(int device, CancellationToken cancellation)
    {
        var fields = new IdentityFields();
        S7StatusList modules = await client.ReadStatusListAsync(ModuleList, cancellation).ConfigureAwait(false);
        S7StatusList components = await client.ReadStatusListAsync(ComponentList, cancellation).ConfigureAwait(false);
        fields.Add("order number", TextOf(modules, 1, OrderNumberBytes));
        fields.Add("module type", TextOf(components, 7));
        fields.Add("name", TextOf(components, 1));
        fields.Add("module name", TextOf(components, 2));
        fields.Add("serial number", TextOf(components, 5));
        return fields;
    }

    private static string? TextOf(S7StatusList list, int index, int bytesMost = int.MaxValue)
    {
        for (int at = 0; at + list.RecordBytes <= list.Records.Length && list.RecordBytes > IndexBytes; at += list.RecordBytes)
        {
            ReadOnlySpan<byte> record = list.Records.AsSpan(at, list.RecordBytes);
            if (BinaryPrimitives.ReadUInt16BigEndian(record) == index)
            {
                ReadOnlySpan<byte> text = record[IndexBytes..Math.Min(record.Length, IndexBytes + Math.Min(bytesMost, record.Length - IndexBytes))];
                int end = text.IndexOf((byte)0);
                return Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
            }
        }

        return null;
    }
}
