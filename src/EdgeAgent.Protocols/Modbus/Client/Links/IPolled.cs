namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Whom a <see cref="SocketPoller"/> tells that a socket is ready.</summary>
internal interface IPolled
{
    /// <summary>On the poller's thread.</summary>
    void OnReady();
}
