using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>A serial line as the one client on it sees it.</summary>
/// <param name="silence">What must lie between two frames.</param>
internal sealed class LineLink(ILine line, SerialSettings settings, TimeSpan silence) : ModbusLink
{
    public override bool IsSlow => true;

    public override TimeSpan TransferTime(int requestBytes, int answerBytes) => settings.TimeOf(requestBytes + answerBytes) + (2 * silence);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => line.ReceiveAsync(buffer, Timeout.InfiniteTimeSpan, CancellationToken.None);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => line.SendAsync(bytes, silence, CancellationToken.None);

    public override void Close() => line.Close();
}
