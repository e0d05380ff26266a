using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>What a client sent over one connection, taken apart by hand from the MQTT standard.</summary>
internal sealed class ClientBytes
{
    private readonly List<byte> _bytes = [];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_bytes)
        {
            _bytes.AddRange(bytes);
        }
    }

    /// <summary>First byte and body of each whole packet so far.</summary>
    public IReadOnlyList<(byte First, byte[] Body)> Packets
    {
        get
        {
            byte[] all;
            lock (_bytes)
            {
                all = [.. _bytes];
            }

            var packets = new List<(byte, byte[])>();
            for (int at = 0; at < all.Length;)
            {
                int length = 0, shift = 0, body = at + 1;
                while (body < all.Length && (all[body] & 0x80) != 0)
                {
                    length |= (all[body++] & 0x7F) << shift;
                    shift += 7;
                }

                if (body >= all.Length)
                {
                    break;
                }

                length |= all[body++] << shift;
                if (body + length > all.Length)
                {
                    break;
                }

                packets.Add((all[at], all[body..(body + length)]));
                at = body + length;
            }

            return packets;
        }
    }

    /// <summary>Kinds of packets: 1 CONNECT, 3 PUBLISH, 8 SUBSCRIBE, 14 DISCONNECT.</summary>
    public IReadOnlyList<int> Kinds => [.. Packets.Select(packet => packet.First >> 4)];

    public Connect FirstConnect() => Connect.Parse(Packets.First(packet => packet.First >> 4 == 1).Body);

    /// <summary>Filter and QoS of each subscription.</summary>
    public IReadOnlyList<(string Filter, int Qos)> Subscriptions(bool v5) => [.. Packets.Where(packet => packet.First >> 4 == 8).SelectMany(packet => Filters(packet.Body, v5))];

    private static IEnumerable<(string Filter, int Qos)> Filters(byte[] body, bool v5)
    {
        for (int at = v5 ? 3 + body[2] : 2; at < body.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            yield return (Encoding.UTF8.GetString(body, at + 2, length), body[at + 2 + length] & 3);
            at += 3 + length;
        }
    }

    /// <summary>The fields of a CONNECT that Sparkplug asks for.</summary>
    internal sealed record Connect(int Version, bool CleanStart, bool HasWill, int WillQos, bool WillRetain, bool HasSessionExpiry, string WillTopic, byte[] WillPayload)
    {
        public static Connect Parse(byte[] body)
        {
            int version = body[6], flags = body[7], at = 10;
            bool expiry = false;
            if (version == 5)
            {
                int properties = body[at];
                // Session expiry interval is property 0x11; ours is the only property block with it first when it is there.
                expiry = body.AsSpan(at + 1, properties).IndexOf((byte)0x11) == 0;
                at += 1 + properties;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            at += version == 5 ? 1 + body[at] : 0;
            int topic = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            string name = Encoding.UTF8.GetString(body, at + 2, topic);
            at += 2 + topic;
            int payload = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            return new Connect(version, (flags & 2) != 0, (flags & 4) != 0, (flags >> 3) & 3, (flags & 32) != 0, expiry, name, body[(at + 2)..(at + 2 + payload)]);
        }
    }
}
