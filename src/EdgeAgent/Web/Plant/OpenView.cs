using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Overview;
using EdgeAgent.Web.Plant.Topology;

namespace EdgeAgent.Web.Plant;

/// <summary>What callers without a login get of the state: where things are on the network is left out.</summary>
/// <remarks>Sentences that say what went wrong are left out as a whole: any of them may name a host, a port, a serial line or a broker, and a
/// pattern that finds addresses in them would miss the next one.</remarks>
internal static class OpenView
{
    /// <summary>Notes whose detail is a figure or a word of the program.</summary>
    private static readonly string[] HarmlessDetails = ["CLOCK_WRONG", "AGENT_CLOCK_WRONG", "SIMULATED"];

    public static OverviewView Of(OverviewView view) => view with
    {
        Agents = [.. view.Agents.Select(agent => agent with { BufferProblem = Hidden(agent.BufferProblem) })],
        Store = view.Store is { } store ? store with { Problem = Hidden(store.Problem) } : null,
        Rates = view.Rates is { } rates ? rates with { Problem = Hidden(rates.Problem) } : null,
        Notes = [.. view.Notes.Select(note => HarmlessDetails.Contains(note.Code) ? note : note with { Detail = "" })],
    };

    public static DeviceTile Of(DeviceTile tile) => tile with { Problem = Hidden(tile.Problem) };

    public static IReadOnlyList<DeviceTile> Of(IReadOnlyList<DeviceTile> tiles) => [.. tiles.Select(Of)];

    public static DevicePageView Of(DevicePageView view) => view with
    {
        Tile = Of(view.Tile),
        Address = "",
        Endpoint = view.Endpoint is { } endpoint ? endpoint with { Line = null, Problem = Hidden(endpoint.Problem) } : null,
        Verdict = view.Verdict is { } verdict ? verdict with { Sources = [] } : null,
        Problems = [.. view.Problems.Select(problem => problem with { Text = "" })],
    };

    public static TopologyView Of(TopologyView view) => view with
    {
        Brokers = [.. view.Brokers.Select(broker => broker with { Address = "" })],
        Agents = [.. view.Agents.Select(agent => agent with { Endpoints = [.. agent.Endpoints.Select(Of)] })],
    };

    /// <param name="place">Among its agent's connections; where the agent has not said its name, the name would be the address.</param>
    private static EndpointNodeView Of(EndpointNodeView endpoint, int place) => endpoint with
    {
        Name = endpoint.Name == endpoint.Address ? $"{endpoint.Driver} #{place + 1}" : endpoint.Name,
        Address = "",
        Problem = Hidden(endpoint.Problem),
        Devices = [.. endpoint.Devices.Select(device => device with { Address = "" })],
    };

    public static StatusView Of(StatusView view) => view with
    {
        Agent = view.Agent is not { } agent ? null : agent with
        {
            Buffer = agent.Buffer with { Problem = Hidden(agent.Buffer.Problem) },
            Publishers = [.. agent.Publishers.Select(publisher => publisher with { Broker = null, Problem = Hidden(publisher.Problem) })],
            Seen = [], // What unknown devices sent may hold anything.
            Lines = [.. agent.Lines.Select(line => line with { Line = "" })],
        },
        Hub = view.Hub is not { } hub ? null : hub with
        {
            Agents = [.. hub.Agents.Select(one => one with { Note = "" })],
            Forwards = [.. hub.Forwards.Select(forward => forward with { Problem = Hidden(forward.Problem) })],
        },
    };

    public static IReadOnlyList<DeviceView> Of(IReadOnlyList<DeviceView> devices) => [.. devices.Select(device => device with { Problem = Hidden(device.Problem) })];

    /// <summary>That there is a problem stays; what it is does not.</summary>
    private static string? Hidden(string? text) => text is null ? null : "";
}
