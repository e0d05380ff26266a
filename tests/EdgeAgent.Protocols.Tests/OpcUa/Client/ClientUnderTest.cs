using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Client;

/// <summary>A client, the server that it talks to, and the time that both live in.</summary>
internal sealed class ClientUnderTest : IAsyncDisposable
{
    public static readonly ReadTarget[] Targets = [new(new NodeId(2, "a"), ReadTarget.ValueAttribute), new(new NodeId(2, "b"), ReadTarget.ValueAttribute)];

    public ClientUnderTest(Func<OpcUaClientOptions, OpcUaClientOptions>? change = null)
    {
        Server = new ScriptedServer(Time);
        var options = new OpcUaClientOptions
        {
            Endpoints = [ScriptedServer.Address],
            SecurityMode = MessageSecurityMode.None,
            ChannelLifetimeMs = 1_000_000,
            KeepAliveMs = 100_000,
            RequestTimeoutMs = 10_000,
            ConnectTimeoutMs = 20_000,
            ReconnectDelayMsMin = 1_000,
            ReconnectDelayMsMax = 30_000,
        };
        Client = new OpcUaClient(change?.Invoke(options) ?? options, Server, Time, static () => 0.5);
    }

    public FakeTimeProvider Time { get; } = new();

    public ScriptedServer Server { get; }

    public OpcUaClient Client { get; }

    public IUaServiceChannel Channel => Client;

    public async Task<ClientUnderTest> ConnectedAsync()
    {
        await Client.ConnectAsync();
        return this;
    }

    public async Task<StatusCode> ReadAsync()
    {
        var values = new DataValue[2];
        StatusCode status = await Client.ReadAsync(Targets, values);
        if (!status.IsBad)
        {
            Assert.Equal([Variant.From(0), Variant.From(1)], values.Select(v => v.Value));
        }
        return status;
    }

    /// <summary>Lets time pass in steps until something has happened; nothing waits for real time but thread changes.</summary>
    public async Task PassUntilAsync(Func<bool> happened, TimeSpan step, int stepsMax = 1000)
    {
        for (int i = 0; i < stepsMax && !happened(); i++)
        {
            Time.Advance(step);
            for (int yields = 0; yields < 20 && !happened(); yields++)
            {
                await Task.Delay(1);
            }
        }
        Assert.True(happened());
    }

    public async ValueTask DisposeAsync()
    {
        Server.IsSilent = false;
        Server.Swallowed.Clear();
        await Client.DisposeAsync();
        Server.Dispose();
    }
}
