namespace EdgeAgent.Protocols.Serial;

/// <summary>How the port's driver turns an RS-485 transceiver round. Only for ports whose direction the driver steers through RTS;
/// USB adapters turn by themselves.</summary>
/// <param name="RtsOnSend">The level of RTS while sending; high is usual.</param>
/// <param name="DelayBeforeSendMs">From turning the transceiver to the first bit.</param>
/// <param name="DelayAfterSendMs">From the last bit to turning it back.</param>
/// <param name="ReceiveWhileSending">Whether we hear ourselves.</param>
public sealed record Rs485Settings(bool RtsOnSend = true, int DelayBeforeSendMs = 0, int DelayAfterSendMs = 0, bool ReceiveWhileSending = false);
