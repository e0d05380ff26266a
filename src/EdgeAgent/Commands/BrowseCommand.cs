using System.CommandLine;
using EdgeAgent.Commands.Browse;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent browse</c>: what an OPC UA server offers, as a tree for people or as a table of tags to start from.</summary>
internal static class BrowseCommand
{
    // ObjectsFolder
    private const string Objects = "i=85";

    public static Command Create(CommandContext context)
    {
        Argument<string> endpoint = new("endpoint") { Description = "Address of the server: opc.tcp://host:4840." };
        Option<bool> csv = new("--csv") { Description = "Print variables as a table of tags, ready for tagFile." };
        Option<int> depth = new("--depth") { Description = "How many levels to go down.", DefaultValueFactory = _ => 8 };
        Option<string> start = new("--start") { Description = "Node to start from.", DefaultValueFactory = _ => Objects };
        Option<string?> space = new("--namespace", "-n") { Description = "Only nodes of this namespace, by its number or URI." };
        Option<string> security = new("--security") { Description = "none, sign or signandencrypt.", DefaultValueFactory = _ => "none" };
        Option<string> store = new("--store") { Description = "Directory of certificates, for a secure connection.", DefaultValueFactory = _ => "pki" };
        Option<string?> user = new("--user") { Description = "User name; the password is taken from the variable EDGEAGENT_PASSWORD." };
        Option<bool> servers = new("--servers") { Description = "Only tell who serves at the address and which security and users it offers; no session is made." };
        Command command = new("browse", "Show the nodes of an OPC UA server as a tree, or as a table of tags. Nothing is changed at the server.")
        {
            endpoint, csv, depth, start, space, security, store, user, servers,
        };
        command.SetAction((parsed, cancellation) => parsed.GetValue(servers) ? ServerList.RunAsync(context, AddressOf(parsed.GetRequiredValue(endpoint)), cancellation) : RunAsync(
            context, OptionsOf(parsed.GetRequiredValue(endpoint), parsed.GetValue(security)!, parsed.GetValue(store)!, parsed.GetValue(user)),
            new BrowseWish(parsed.GetValue(start)!, parsed.GetValue(depth), parsed.GetValue(space), parsed.GetValue(csv)), cancellation));
        return command;
    }

    private static OpcUaAddress AddressOf(string endpoint) => OpcUaAddress.TryParse(endpoint, out OpcUaAddress? address)
        ? address
        : throw CommandFailure.BadUsage($"'{endpoint}' is no address of an OPC UA server; it looks like opc.tcp://192.168.1.10:4840.");

    private static OpcUaClientOptions OptionsOf(string endpoint, string security, string store, string? user)
    {
        OpcUaAddress address = AddressOf(endpoint);
        if (!Enum.TryParse(security, ignoreCase: true, out MessageSecurityMode mode) || mode is < MessageSecurityMode.None or > MessageSecurityMode.SignAndEncrypt)
        {
            throw CommandFailure.BadUsage($"'{security}' is no security mode; there are none, sign and signandencrypt.");
        }
        return new OpcUaClientOptions
        {
            Endpoints = [address],
            SecurityMode = mode,
            CertificateStore = new OpcUaCertificateStore(store),
            Identity = user is null ? OpcUaUserIdentity.Anonymous.Instance
                : new OpcUaUserIdentity.UserName(user, Environment.GetEnvironmentVariable("EDGEAGENT_PASSWORD") ?? ""),
        };
    }

    private static async Task<int> RunAsync(CommandContext context, OpcUaClientOptions options, BrowseWish wish, CancellationToken cancellation)
    {
        if (!ExpandedNodeId.TryParse(wish.Start, out ExpandedNodeId start))
        {
            throw CommandFailure.BadUsage($"'{wish.Start}' is no node id; it looks like i=85 or ns=2;s=Machine.");
        }
        await using OpcUaClient client = new(options, context.Time);
        try
        {
            await client.ConnectAsync(cancellation);
        }
        catch (OpcUaConnectException failure)
        {
            throw CommandFailure.Failed($"{failure.Message}", failure);
        }
        if (!start.TryResolve(client.NamespaceArray, out NodeId root))
        {
            throw CommandFailure.Failed($"the server has no namespace '{start.NamespaceUri}'; it has:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", client.NamespaceArray)}");
        }
        var walk = new NodeWalk(client, wish.Depth, client.Server!.Url);
        await walk.RunAsync(root, cancellation);
        int space = SpaceOf(wish.Namespace, client.NamespaceArray);
        if (wish.AsCsv)
        {
            TagTable.Write(context.Out, walk, space, client.NamespaceArray);
        }
        else
        {
            NodeTree.Write(context.Out, walk, space);
        }
        foreach (string problem in walk.Problems.Take(20))
        {
            await context.Error.WriteLineAsync(problem);
        }
        return walk.Nodes.Count == 0 ? ExitCodes.DoesNotHold : ExitCodes.Done;
    }

    private static int SpaceOf(string? wanted, IReadOnlyList<string?> namespaces)
    {
        if (wanted is null)
        {
            return NodeWalk.EveryNamespace;
        }
        for (int i = 0; i < namespaces.Count; i++)
        {
            if (namespaces[i] == wanted || wanted == i.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return i;
            }
        }
        throw CommandFailure.BadUsage($"the server has no namespace '{wanted}'; it has:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", namespaces.Select((uri, i) => $"{i}  {uri}"))}");
    }
}
