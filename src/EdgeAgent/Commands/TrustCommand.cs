using System.CommandLine;
using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.OpcUa.Certificates;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent trust</c>: which OPC UA servers this agent trusts. Works beside the running agent, which heeds it at its next attempt.</summary>
internal static class TrustCommand
{
    // Shorter ones are too easily met by accident.
    private const int ThumbprintDigitsMin = 8;

    public static Command Create(CommandContext context)
    {
        Option<string?> store = new("--store") { Description = $"The directory of the certificates; {OpcUaCertificateStore.DefaultDirectory} unless told.", Recursive = true };
        Option<string?> config = new("--config", "-c") { Description = "The agent's configuration file, whose OPC UA endpoints name the directory.", Recursive = true };
        Argument<string?> thumbprint = new("thumbprint")
        {
            Description = "Accept the rejected certificate with this thumbprint, or with the only one that begins so.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("trust", "See and decide which OPC UA servers an agent trusts; without a thumbprint it lists them.") { thumbprint, store, config };
        OpcUaCertificateStore Open(ParseResult parsed) => OpenStore(parsed.GetValue(store), parsed.GetValue(config), context.Time);
        command.SetAction(parsed => parsed.GetValue(thumbprint) is { } wanted ? Accept(context, Open(parsed), wanted) : List(context, Open(parsed)));

        Command list = new("list", "Every certificate that is trusted, an issuer, or rejected.");
        list.SetAction(parsed => List(context, Open(parsed)));
        command.Add(list);

        Argument<string> removed = new("thumbprint") { Description = "The thumbprint, or its beginning." };
        Command remove = new("remove", "Trust this server no more; its certificate goes to the rejected ones.") { removed };
        remove.SetAction(parsed => Remove(context, Open(parsed), parsed.GetRequiredValue(removed)));
        command.Add(remove);

        Command own = new("own", "The agent's own certificate, which servers have to trust.");
        own.SetAction(parsed => ShowOwn(context, Open(parsed)));
        command.Add(own);
        return command;
    }

    private static int List(CommandContext context, OpcUaCertificateStore store)
    {
        int count = 0;
        foreach (string folder in (string[])["trusted", "issuers", "rejected"])
        {
            foreach (TrustEntry entry in store.List(folder))
            {
                context.Out.WriteLine($"{folder,-9} {Describe(entry, context.Time)}");
                count++;
            }
        }
        if (count == 0)
        {
            context.Out.WriteLine($"No certificates in {store.Directory}. A server shows its own at the first attempt to connect to it with security.");
        }
        return ExitCodes.Done;
    }

    private static int Accept(CommandContext context, OpcUaCertificateStore store, string thumbprint)
    {
        if (Matching(store, "trusted", thumbprint) is [var already])
        {
            context.Out.WriteLine($"{already.Subject} was trusted before.");
            return ExitCodes.Done;
        }
        TrustEntry entry = Single(store, "rejected", thumbprint);
        Do(store, entry, static (s, e) => s.Trust(e));
        context.Out.WriteLine($"{entry.Subject} is trusted from now on; the agent connects at its next attempt.");
        return ExitCodes.Done;
    }

    private static int Remove(CommandContext context, OpcUaCertificateStore store, string thumbprint)
    {
        TrustEntry entry = Single(store, "trusted", thumbprint);
        Do(store, entry, static (s, e) => s.Distrust(e));
        context.Out.WriteLine($"{entry.Subject} is not trusted any more; a connection that stands goes on until it is lost.");
        return ExitCodes.Done;
    }

    private static int ShowOwn(CommandContext context, OpcUaCertificateStore store)
    {
        try
        {
            if (store.Own is not { } own)
            {
                throw CommandFailure.Failed($"There is no certificate in {store.Directory} yet; it is made at the first connection with security.");
            }
            context.Out.WriteLine(Describe(own, context.Time));
            context.Out.WriteLine($"file      {own.Path}");
            return ExitCodes.Done;
        }
        catch (IOException damaged)
        {
            throw CommandFailure.Failed(damaged.Message, damaged);
        }
    }

    private static string Describe(TrustEntry entry, TimeProvider time)
    {
        string validity = time.GetUtcNow().UtcDateTime > entry.NotAfter ? "expired" : "valid until";
        return $"{entry.Thumbprint}  {entry.Subject}  application {entry.ApplicationUri ?? "unnamed"}  hosts {(entry.Hosts.Count == 0 ? "none" : string.Join(", ", entry.Hosts))}  {validity} {entry.NotAfter:yyyy-MM-dd}";
    }

    private static void Do(OpcUaCertificateStore store, TrustEntry entry, Action<OpcUaCertificateStore, TrustEntry> what)
    {
        try
        {
            what(store, entry);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"Cannot move {entry.Path}: {problem.Message}", problem);
        }
    }

    private static TrustEntry Single(OpcUaCertificateStore store, string folder, string thumbprint)
    {
        string digits = Digits(thumbprint);
        if (digits.Length < ThumbprintDigitsMin)
        {
            throw CommandFailure.BadUsage($"'{thumbprint}' is too short for a thumbprint; give at least {ThumbprintDigitsMin} digits of it.");
        }
        return Matching(store, folder, thumbprint) switch
        {
            [var only] => only,
            [] => throw CommandFailure.Failed($"No {folder} certificate in {store.Directory} has a thumbprint that begins with {digits}; `edgeagent trust list --store {store.Directory}` names them."),
            _ => throw CommandFailure.Failed($"Several {folder} certificates have a thumbprint that begins with {digits}; give more of it."),
        };
    }

    private static TrustEntry[] Matching(OpcUaCertificateStore store, string folder, string thumbprint) =>
        [.. store.List(folder).Where(entry => entry.Thumbprint.StartsWith(Digits(thumbprint), StringComparison.OrdinalIgnoreCase))];

    // As other programs print them: with colons or blanks between the digits.
    private static string Digits(string thumbprint) => thumbprint.Replace(":", "").Replace(" ", "");

    private static OpcUaCertificateStore OpenStore(string? directory, string? config, TimeProvider time)
    {
        if (directory is not null && config is not null)
        {
            throw CommandFailure.BadUsage("Say whose certificates once: either --config FILE of the agent, or --store DIRECTORY.");
        }
        return new OpcUaCertificateStore(config is null ? directory ?? OpcUaCertificateStore.DefaultDirectory : DirectoryOf(config), time);
    }

    private static string DirectoryOf(string config)
    {
        AgentConfig agent = ConfigReport.LoadOrFail(config, "$.site").Config!.Agent
            ?? throw CommandFailure.BadUsage($"{config} has no agent section; certificates of servers belong to agents.");
        string[] directories = [.. agent.Endpoints.Where(endpoint => endpoint.Driver == OpcUaDriverFactory.DriverName).Select(OpcUaBrowsing.StoreOf).Distinct()];
        return directories switch
        {
            [var only] => only,
            [] => throw CommandFailure.BadUsage($"{config} has no OPC UA endpoint; give the directory with --store."),
            _ => throw CommandFailure.BadUsage($"The OPC UA endpoints of {config} keep their certificates in several directories; name one with --store: {string.Join(", ", directories)}."),
        };
    }
}
