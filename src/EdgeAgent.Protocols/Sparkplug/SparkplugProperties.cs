namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>Reads the one property that Sparkplug defines for everyone (§6.4.12): "Quality".</summary>
internal static class SparkplugProperties
{
    /// <summary>-1 when there is none or the set is broken.</summary>
    public static int QualityOf(ReadOnlySpan<byte> set)
    {
        int wanted = -1, keys = 0, values = 0, quality = -1;

        // Keys and values are two lists of one order; keys come first by their field number, but need not.
        for (int pass = 0; pass < 2; pass++)
        {
            var reader = new ProtobufReader(set);
            while (!reader.AtEnd)
            {
                if (!reader.TryReadTag(out int field, out ProtobufType type) || type != ProtobufType.Bytes
                    || !reader.TryReadBytes(0, out int at, out int length))
                {
                    return -1;
                }

                ReadOnlySpan<byte> bytes = set.Slice(at, length);
                if (pass == 0 && field == 1)
                {
                    wanted = bytes.SequenceEqual("Quality"u8) ? keys : wanted;
                    keys++;
                }
                else if (pass == 1 && field == 2 && values++ == wanted)
                {
                    quality = ValueOf(bytes);
                }
            }
        }

        return quality;
    }

    private static int ValueOf(ReadOnlySpan<byte> value)
    {
        var reader = new ProtobufReader(value);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out ProtobufType type))
            {
                return -1;
            }

            if (field is 3 or 4 && type == ProtobufType.Varint)
            {
                return reader.TryReadVarint(out ulong number) && number <= int.MaxValue ? (int)number : -1;
            }

            if (!reader.TrySkip(type))
            {
                return -1;
            }
        }

        return -1;
    }
}
