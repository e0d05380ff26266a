using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Commands.Browse;
using EdgeAgent.Commands.Guess;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Wording;
using Microsoft.Extensions.Logging.Abstractions;
using BrowsedTags = EdgeAgent.Commands.Browse.TagTable;
using OpcUaStatus = EdgeAgent.Protocols.OpcUa.StatusCodes;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace EdgeAgent.Web.Engineering;

/// <summary>Asks devices that a person named, before anything is saved: tags once, registers under all byte orders, nodes of a server.</summary>
/// <remarks>One question at a time for each address. A line that the running agent needs for itself is never taken from it.</remarks>
internal sealed class ReadPages(RunningConfiguration configuration, PlacesInUse places, AccessLog log, TimeProvider time)
{
    private const int SecondsUsual = 15;
    private const int SecondsMost = 60;
    private const string Objects = "i=85";

    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        const string taken = "The line is in use by the running agent, or somebody else asks at this address.";
        api.Post("/api/engineering/read", AccessPermission.Engineer, "Reads the tags of a draft once, over a connection of its own; nothing is stored", ReadAsync)
            .Takes(json.ReadRequest, ConfigPages.BodyBytesMax).Gives(json.ReadView, "What came, tag by tag").Gives(json.ReadView, "The draft has errors; nothing was asked", StatusCodes.Status422UnprocessableEntity)
            .Fails(StatusCodes.Status409Conflict, taken).Fails(StatusCodes.Status504GatewayTimeout, "The device did not answer in time.");
        api.Post("/api/engineering/guess", AccessPermission.Engineer, "Modbus registers under all types and byte orders, the plausible ones marked", GuessAsync)
            .Takes(json.GuessRequest).Gives(json.GuessView, "Values").Fails(StatusCodes.Status409Conflict, taken).Fails(StatusCodes.Status504GatewayTimeout, "The device did not answer in time.");
        api.Post("/api/engineering/browse", AccessPermission.Engineer, "The children of a node of an OPC UA server", BrowseAsync)
            .Takes(json.BrowseRequest).Gives(json.BrowseView, "Nodes with what they hold").Fails(StatusCodes.Status409Conflict, taken)
            .Fails(StatusCodes.Status502BadGateway, "The server cannot be reached, or refuses.").Fails(StatusCodes.Status504GatewayTimeout, "The server did not answer in time.");
    }

    private async Task ReadAsync(HttpContext context, Caller caller)
    {
        ReadRequest request = await context.ReadJsonAsync(EngineeringJson.Default.ReadRequest);
        TrialPlant plant = TrialPlant.Make(configuration, request.Endpoint, request.Device, request.Sheet);
        if (plant.Agent is not { } agent || plant.Place is not { } place)
        {
            await context.WriteJsonAsync(new ReadView([], [.. plant.Problems.Select(p => p.In(context))], "", 0, null), EngineeringJson.Default.ReadView, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        long started = time.GetTimestamp();
        IReadOnlyList<TestReadResult> results = await AskAsync(context, caller, place, request.TimeoutSeconds, "read a draft", async cancellation =>
        {
            try
            {
                return await TestReader.ReadAsync(agent, Services(), null, request.Tag, cancellation);
            }
            catch (AgentStartException problem)
            {
                throw ApiProblem.BadRequest(Phrasebook.Chinese.Both(problem.Message));
            }
        });
        await context.WriteJsonAsync(
            new ReadView(
                [.. results.Select(r => ViewOf(r).In(context))], [], place.Address, time.GetElapsedTime(started).TotalMilliseconds, ReadAdvice.For(results)?.For(context)),
            EngineeringJson.Default.ReadView);
    }

    private async Task GuessAsync(HttpContext context, Caller caller)
    {
        GuessRequest request = await context.ReadJsonAsync(EngineeringJson.Default.GuessRequest);
        if (request.Hex is { } given)
        {
            await WriteGuessesAsync(context, given.Replace(" ", "", StringComparison.Ordinal), null, request);
            return;
        }

        if (request is not { Endpoint: { } endpoint, Device: { } device, Address: { Length: > 0 } address })
        {
            throw ApiProblem.BadRequest(new("请给出 hex，或连接、设备和寄存器地址。", "Give hex, or endpoint, device and the address of a register."));
        }

        DraftTable one = new(["name", "address", "type"], [["registers", address, "uint16"]]);
        TrialPlant plant = TrialPlant.Make(configuration, endpoint, device, one);
        if (plant.Agent is not { Endpoints: [{ Devices: [{ } of] } line] } agent || plant.Place is not { } place)
        {
            throw ApiProblem.BadRequest(plant.Problems.Text());
        }

        if (!line.Driver.StartsWith("modbus-", StringComparison.Ordinal))
        {
            throw ApiProblem.BadRequest(new("字节序预览仅适用于 Modbus 寄存器。", "Byte orders are guessed for Modbus registers only."));
        }

        TestReadResult? read = await AskAsync(context, caller, place, null, "read registers", cancellation =>
            GuessReport.ReadWidestAsync(time, agent, line, of, of.Tags.First(static t => t.Name == "registers"), cancellation));
        await WriteGuessesAsync(context, read?.Value, read?.Problem, request);
    }

    private static Task WriteGuessesAsync(HttpContext context, string? hex, string? problem, GuessRequest request)
    {
        byte[] bytes = [];
        try
        {
            bytes = hex is null ? [] : Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            // Reported below.
        }

        if (hex is not null && bytes.Length is not (2 or 4 or 8))
        {
            throw ApiProblem.BadRequest(new("hex 应为 2、4 或 8 个字节的十六进制数。", "hex must be 2, 4 or 8 bytes in hexadecimal."));
        }

        GuessEntry[] guesses = [.. RegisterGuess.All(bytes, request.Min, request.Max).Select(static g => new GuessEntry(g.Type, g.Order, g.Value, g.IsPlausible))];
        return context.WriteJsonAsync(new GuessView(hex, problem is null ? null : Phrasebook.Chinese.For(context, problem), guesses), EngineeringJson.Default.GuessView);
    }

    private async Task BrowseAsync(HttpContext context, Caller caller)
    {
        BrowseRequest request = await context.ReadJsonAsync(EngineeringJson.Default.BrowseRequest);
        TrialPlant plant = TrialPlant.Make(configuration, request.Endpoint, null, null);
        if (plant.Agent is not { Endpoints: [{ Driver: "opc-ua" } endpoint] })
        {
            throw plant.Problems.Count > 0
                ? ApiProblem.BadRequest(plant.Problems.Text())
                : ApiProblem.BadRequest(new ApiText("只有 OPC UA 连接可以浏览节点。", "Only OPC UA endpoints have nodes to browse."));
        }

        if (!ExpandedNodeId.TryParse(request.Node ?? Objects, out ExpandedNodeId node))
        {
            throw ApiProblem.BadRequest(new($"“{request.Node}”不是节点标识，例如 i=85 或 ns=2;s=Machine。", $"'{request.Node}' is no node id; it looks like i=85 or ns=2;s=Machine."));
        }

        EndpointPlace place = new(endpoint.Name, endpoint.Driver, null, endpoint.Settings.TryGetProperty("endpoints", out var urls) && urls.GetArrayLength() > 0 ? urls[0].GetString() ?? "" : "");
        BrowseView view = await AskAsync(context, caller, place, null, "browsed a server", cancellation => WalkAsync(endpoint, node, cancellation));
        await context.WriteJsonAsync(view.In(context), EngineeringJson.Default.BrowseView);
    }

    private async Task<BrowseView> WalkAsync(EndpointConfig endpoint, ExpandedNodeId node, CancellationToken cancellation)
    {
        ConfigErrors errors = new();
        try
        {
            await using OpcUaClient client = OpcUaBrowsing.MakeClient(endpoint, new ConfigPath("$.endpoint.settings"), errors, time)
                ?? throw ApiProblem.BadRequest(Phrasebook.Chinese.Both(string.Join("; ", errors)));
            await client.ConnectAsync(cancellation);
            if (!node.TryResolve(client.NamespaceArray, out NodeId root))
            {
                throw ApiProblem.BadRequest(new($"服务器没有命名空间 {node.NamespaceUri}。", $"The server has no namespace '{node.NamespaceUri}'."));
            }

            NodeWalk walk = new(client, 1, client.Server!.Url);
            await walk.RunAsync(root, cancellation);
            return new BrowseView([.. walk.Roots.Select(n => ViewOf(n, client.NamespaceArray))], walk.Problems, client.Server.Url);
        }
        catch (Exception failure) when (failure is OpcUaConnectException or EndpointConnectException)
        {
            throw new ApiProblem(StatusCodes.Status502BadGateway, Phrasebook.Chinese.Both(failure.Message))
            {
                // Nobody decided about this server yet, which a page can have done at once.
                Code = failure is OpcUaConnectException { Status.Code.Value: OpcUaStatus.BadCertificateUntrusted } ? "server-not-trusted" : null,
            };
        }
    }

    private static BrowsedView ViewOf(BrowsedNode node, IReadOnlyList<string?> namespaces)
    {
        string? type = node.IsVariable ? BrowsedTags.TypeOf(node.Value.Value) : null;
        return new BrowsedView(node.Id.ToString(), BrowsedTags.AddressOf(node.Id, namespaces), node.Name, node.IsVariable, type, node.IsVariable ? node.Value.Value.ToString() : null);
    }

    /// <summary>Asks a device: alone at its address, within a time, and written down with the address.</summary>
    private async Task<T> AskAsync<T>(HttpContext context, Caller caller, EndpointPlace place, int? seconds, string what, Func<CancellationToken, Task<T>> ask)
    {
        if (TrialPlant.TakenBy(configuration, place) is { } owner)
        {
            throw ApiProblem.Conflict(new(
                $"{place.Key} 正被运行中的连接 {owner} 使用，不会抢占。请在设备页面查看其当前值，或先停用该连接后再试读。",
                $"{place.Key} is in use by the running endpoint {owner}, and is not taken from it. Look at its values on the page of devices, or take the endpoint out of the configuration first."));
        }

        using IDisposable turn = places.Take(place.Key);
        log.Note(context, caller.Who, what, ("address", place.Address.Length > 0 ? place.Address : place.Key));
        int limit = Math.Clamp(seconds ?? SecondsUsual, 1, SecondsMost);
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(limit), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new ApiProblem(StatusCodes.Status504GatewayTimeout, new(
                $"{place.Key} 在 {limit} 秒内没有完成应答。请检查地址、网线和设备电源；点位很多时请分批试读。",
                $"{place.Key} did not finish answering within {limit} s. Check the address, the cable and the device's power; with many tags, read some of them."));
        }
    }

    private AgentServices Services() => new() { Loggers = NullLoggerFactory.Instance, Time = time };

    private static ReadResultView ViewOf(TestReadResult result) => new(
        result.Device, result.Tag, result.Value, result.Unit, result.Quality.ToString(), result.Quality.IsGood, UnixTicks.ToDateTimeOffset(result.SourceTicks), result.Problem);
}
