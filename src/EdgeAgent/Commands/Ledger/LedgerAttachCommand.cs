using System.CommandLine;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger attach</c>: a photo or document to an asset or another subject, kept under its SHA-256.</summary>
internal static class LedgerAttachCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> subject = new("subject") { Description = "An asset's number, or a subject such as item:7, scene:生产管控, project." };
        Argument<string> file = new("file") { Description = "The photo or document; it is copied." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string> kind = new("--kind") { Description = "What it is, for instance 铭牌照片, 合同, 发票.", DefaultValueFactory = _ => "佐证材料" };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("attach", "Attach a photo or document.") { subject, file, config, kind, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string named = parsed.GetRequiredValue(subject);
            string about = LedgerSubject.IsAttachable(named) ? named : LedgerSubject.Asset(named);
            AttachedFile attached = Keep(folder.Ledger, parsed.GetRequiredValue(file), parsed.GetValue(kind)!, about);
            return folder.Record(new FileAttached(attached), parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }

    /// <summary>Copies a file into the ledger's folder.</summary>
    public static AttachedFile Keep(SiteLedger ledger, string path, string kind, string subject)
    {
        FileStream content;
        try
        {
            content = File.OpenRead(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadUsage($"{path} cannot be read: {problem.Message}");
        }

        using (content)
        {
            (string hash, long size) = ledger.Files.Keep(content);
            return new AttachedFile(hash, Path.GetFileName(path), kind, size, subject);
        }
    }
}
