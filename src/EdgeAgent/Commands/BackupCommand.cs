using System.CommandLine;
using System.Globalization;
using EdgeAgent.Backup;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent backup</c>: one file from which a hub or an agent can be put back. The program may be running.</summary>
internal static class BackupCommand
{
    private static readonly string[] Sections = ["$.site", "$.agent.id", "$.agent.dataDirectory", "$.hub.dataDirectory", "$.hub.store.path"];

    public static Command Create(CommandContext context)
    {
        Option<string> config = new("--config", "-c") { Description = "The configuration file of what is to be saved.", Required = true };
        Option<string> output = new("--out", "-o") { Description = "The file to write, or a directory that gets a file with site, role and time in its name.", Required = true };
        Option<string?> passphraseFile = Passphrase.FileOption();
        Command command = new("backup", "Save configuration, keys, buffer, ledger, accounts and the embedded store into one file, also while the program runs.") { config, output, passphraseFile };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(config);
            LoadedConfig loaded = ConfigReport.LoadOrFail(file, Sections);
            string? passphrase = Passphrase.Read(parsed.GetValue(passphraseFile));
            string target = TargetOf(parsed.GetRequiredValue(output), loaded.Config!, context.Time);
            try
            {
                BackupManifest manifest = new BackupWriter(context.Time).Write(loaded, file, target, passphrase);
                context.Out.WriteLine(target);
                context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Files.Count} files, {manifest.Files.Sum(f => f.Bytes):#,0} bytes before packing."));
                Warn(context, loaded.Config!, passphrase);
                return ExitCodes.Done;
            }
            catch (BackupException problem)
            {
                throw CommandFailure.Failed(problem.Message, problem);
            }
        });
        return command;
    }

    private static void Warn(CommandContext context, AppConfig config, string? passphrase)
    {
        if (passphrase is null)
        {
            context.Error.WriteLine("It is not encrypted, and private keys are in it: keep it where nobody else reads it, or give --passphrase-file.");
        }

        if (config.Hub is { Store.Kind: not StoreKind.Sqlite } hub)
        {
            context.Error.WriteLine($"The readings are in {hub.Store.Kind} at {hub.Store.Url}; save that server with its own tools at the same time.");
        }
    }

    private static string TargetOf(string output, AppConfig config, TimeProvider time)
    {
        if (!Directory.Exists(output))
        {
            return Path.GetFullPath(output);
        }

        string who = config.Agent?.Id ?? "hub";
        string name = string.Create(CultureInfo.InvariantCulture, $"{config.Site}-{who}-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.eabackup");
        return Path.Combine(Path.GetFullPath(output), string.Concat(name.Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c)));
    }
}
