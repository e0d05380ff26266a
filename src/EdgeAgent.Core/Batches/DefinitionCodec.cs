using System.Security.Cryptography;
using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads plant definitions (message <c>PlantDefinition</c>), and computes the hash that names one.</summary>
/// <remarks>Fields are written in ascending order, defaults left out, devices before tags: one definition has exactly one
/// encoding, and its hash is the SHA-256 of those bytes.</remarks>
public static class DefinitionCodec
{
    private const int Device = 1;
    private const int Tag = 2;

    /// <summary>SHA-256 of the canonical encoding, 32 bytes: what <see cref="PlantDefinition.ConfigHash"/> must hold.</summary>
    public static byte[] Hash(IReadOnlyList<DeviceDefinition> devices, IReadOnlyList<TagDefinition> tags)
    {
        var sink = new ByteSink(4096);
        Write(devices, tags, sink, new ByteSink());
        return SHA256.HashData(sink.Written);
    }

    /// <summary>A definition with its hash filled in.</summary>
    public static PlantDefinition Create(IReadOnlyList<DeviceDefinition> devices, IReadOnlyList<TagDefinition> tags) =>
        new(Hash(devices, tags), devices, tags);

    /// <summary>The canonical encoding, for whoever keeps definitions apart from the batches that bring them.</summary>
    public static byte[] Encode(PlantDefinition definition)
    {
        var sink = new ByteSink(4096);
        Write(definition.Devices, definition.Tags, sink, new ByteSink());
        return sink.Written.ToArray();
    }

    /// <summary>Reads an encoding back, its hash filled in. Never throws.</summary>
    public static BatchReadStatus TryDecode(ReadOnlySpan<byte> encoded, BatchLimits limits, out PlantDefinition? definition) =>
        Read(encoded, limits, out definition);

    internal static void Write(IReadOnlyList<DeviceDefinition> devices, IReadOnlyList<TagDefinition> tags, ByteSink into, ByteSink scratch)
    {
        foreach (DeviceDefinition device in devices)
        {
            scratch.Clear();
            scratch.WriteTextField(1, device.Name);
            scratch.WriteTextField(2, device.Driver);
            scratch.WriteTextField(3, device.Address);
            scratch.WriteTextField(4, device.Asset);
            WriteMessage(Device, scratch, into);
        }

        foreach (TagDefinition tag in tags)
        {
            scratch.Clear();
            scratch.WriteVarintField(1, (ulong)tag.DeviceId);
            scratch.WriteTextField(2, tag.Name);
            scratch.WriteVarintField(3, (ulong)tag.Kind);
            scratch.WriteTextField(4, tag.Unit);
            scratch.WriteVarintField(5, (ulong)tag.IntervalMs);
            // Shifted by one, so that "not set" is the default.
            scratch.WriteVarintField(6, (ulong)(tag.DecimalPlaces + 1));
            WriteMessage(Tag, scratch, into);
        }
    }

    internal static BatchReadStatus Read(ReadOnlySpan<byte> bytes, BatchLimits limits, out PlantDefinition? definition)
    {
        definition = null;
        var devices = new List<DeviceDefinition>();
        var tags = new List<TagDefinition>();
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return BatchReadStatus.Malformed;
            }

            if (field is not (Device or Tag))
            {
                if (!reader.TrySkip(type))
                {
                    return BatchReadStatus.Malformed;
                }

                continue;
            }

            if (type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> message))
            {
                return BatchReadStatus.Malformed;
            }

            if (devices.Count >= limits.DevicesMax || tags.Count >= limits.TagsMax)
            {
                return BatchReadStatus.OverLimit;
            }

            if (field == Device ? !TryReadDevice(message, limits, devices) : !TryReadTag(message, limits, tags))
            {
                return BatchReadStatus.Malformed;
            }
        }

        foreach (TagDefinition tag in tags)
        {
            if (tag.DeviceId >= devices.Count)
            {
                return BatchReadStatus.Malformed;
            }
        }

        definition = new PlantDefinition(SHA256.HashData(bytes), devices, tags);
        return BatchReadStatus.Ok;
    }

    private static bool TryReadDevice(ReadOnlySpan<byte> message, BatchLimits limits, List<DeviceDefinition> into)
    {
        string name = "", driver = "", address = "", asset = "";
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            bool read = field switch
            {
                1 => TryText(ref reader, type, limits, out name),
                2 => TryText(ref reader, type, limits, out driver),
                3 => TryText(ref reader, type, limits, out address),
                4 => TryText(ref reader, type, limits, out asset),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        into.Add(new DeviceDefinition(name, into.Count > 0 && into[^1].Driver == driver ? into[^1].Driver : driver, address, asset));
        return name.Length > 0;
    }

    private static bool TryReadTag(ReadOnlySpan<byte> message, BatchLimits limits, List<TagDefinition> into)
    {
        int device = 0, kind = 0, interval = 0, decimals = 0;
        string name = "", unit = "";
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            bool read = field switch
            {
                1 => type == WireType.Varint && reader.TryReadCount(out device),
                2 => TryText(ref reader, type, limits, out name),
                3 => type == WireType.Varint && reader.TryReadCount(out kind),
                4 => TryText(ref reader, type, limits, out unit),
                5 => type == WireType.Varint && reader.TryReadCount(out interval),
                6 => type == WireType.Varint && reader.TryReadCount(out decimals),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        into.Add(new TagDefinition(device, name, (ValueKind)kind, unit, interval, decimals - 1));
        return name.Length > 0 && kind <= (int)ValueKind.Bytes;
    }

    private static bool TryText(scoped ref WireReader reader, WireType type, BatchLimits limits, out string text)
    {
        text = "";
        return type == WireType.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
            && WireText.TryDecode(bytes, limits.NameBytesMax, out text);
    }

    private static void WriteMessage(int field, ByteSink message, ByteSink into)
    {
        into.WriteTag(field, WireType.Bytes);
        into.WriteVarint((ulong)message.Length);
        into.WriteRaw(message.Written);
    }
}
