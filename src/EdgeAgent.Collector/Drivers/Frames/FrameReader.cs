using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Makes readings of frames. Called in the gate of the inbox.</summary>
internal sealed class FrameReader(IReadOnlyList<FrameDevice> devices, Encoding encoding, ReadingInbox inbox, DeviceProblems problems)
{
    private const string Broken = "bytes came that are no frame, or a checksum was wrong; check baud rate, parity, cable and framing";
    private const string Strange = "a frame does not match the device's pattern";

    /// <summary>The device that a run of broken bytes was booked on already; noise of a hundred bytes is one bad reading, not a hundred.</summary>
    private bool _isBroken;

    /// <returns>The device that it is of; -1 when it is nobody's.</returns>
    public int Take(ReadOnlySpan<byte> frame, long nowTicks)
    {
        _isBroken = false;
        string? text = devices.Any(device => device.Match is not null || device.Pattern is not null) ? encoding.GetString(frame) : null;
        foreach (FrameDevice device in devices)
        {
            try
            {
                if (device.Match is null || device.Match.IsMatch(text!))
                {
                    TakeOf(device, frame, text, nowTicks);
                    return device.Index;
                }
            }
            catch (RegexMatchTimeoutException)
            {
                problems.Set(device.Index, "the match of a frame took too long");
            }
        }

        return -1;
    }

    /// <summary>Bytes that are no frame. Whose they were can be told where there is one device only.</summary>
    public void TakeBroken(long nowTicks)
    {
        if (_isBroken || devices.Count != 1)
        {
            return;
        }

        _isBroken = true;
        foreach (FrameTag tag in devices[0].Tags)
        {
            inbox.Live.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, nowTicks));
        }

        problems.Set(devices[0].Index, Broken);
    }

    private void TakeOf(FrameDevice device, ReadOnlySpan<byte> frame, string? text, long nowTicks)
    {
        Match? match = device.Pattern?.Match(text!);
        foreach (FrameTag tag in device.Tags)
        {
            if (tag.Field.Group is { } name)
            {
                AddGroup(tag, match!.Success ? match.Groups[name] : null, nowTicks);
            }
            else
            {
                AddField(tag, frame, nowTicks);
            }
        }

        problems.Set(device.Index, match is { Success: false } ? Strange : null);
    }

    private void AddGroup(FrameTag tag, Group? group, long nowTicks)
    {
        if (group is not { Success: true })
        {
            inbox.Live.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, nowTicks));
            return;
        }

        AddText(tag, group.ValueSpan, nowTicks);
    }

    private void AddField(FrameTag tag, ReadOnlySpan<byte> frame, long nowTicks)
    {
        int length = tag.Field.Length > 0 ? tag.Field.Length : tag.Order.Length;
        if (frame.Length < tag.Field.Offset + length)
        {
            inbox.Live.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, nowTicks));
        }
        else if (tag.Field.Length == 0)
        {
            BinaryNumber.Add(inbox.Live, tag, nowTicks, frame.Slice(tag.Field.Offset, length));
        }
        else
        {
            AddText(tag, encoding.GetString(frame.Slice(tag.Field.Offset, length)), nowTicks);
        }
    }

    /// <summary>Blanks around a text of a fixed place are padding; a sign and its number may have some between them, as scales print it.</summary>
    private void AddText(FrameTag tag, ReadOnlySpan<char> text, long nowTicks)
    {
        text = text.Trim();
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        int length = Encoding.UTF8.GetBytes(text, utf8);
        if (tag.Kind != ValueKind.Text && length > 1 && utf8[0] is (byte)'+' or (byte)'-')
        {
            ReadOnlySpan<byte> digits = utf8.AsSpan(1, length - 1).TrimStart((byte)' ');
            digits.CopyTo(utf8.AsSpan(1));
            length = digits.Length + 1;
        }

        TagValue.AddText(inbox.Live, tag.Id, tag.Kind, nowTicks, utf8.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(utf8);
    }
}
