using System.CommandLine;
using System.Security.Cryptography;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent account</c>: who may log in to the pages, for people who cannot. Works beside the running program.</summary>
internal static class AccountCommand
{
    // Without letters that are taken for each other; people type this once.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static Command Create(CommandContext context)
    {
        Command command = new("account", "Accounts of the pages: list them, make one, or help somebody who cannot log in.");
        command.Add(List(context));
        command.Add(CreateAccount(context));
        command.Add(ResetPassword(context));
        return command;
    }

    private static Command List(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Command list = new("list", "Every account with its role and last login.") { config };
        list.SetAction(parsed => WithAccounts(context, parsed.GetRequiredValue(config), (_, accounts) =>
        {
            foreach (Account account in accounts.List())
            {
                string state = account.BlockedAt is not null ? "blocked" : account.MustChangePassword ? "has to change the password" : account.LastLoginAt is { } at ? $"last login {at:yyyy-MM-dd HH:mm}Z" : "never logged in";
                context.Out.WriteLine($"{account.Role,-8}  {account.Name}  {state}");
            }

            return ExitCodes.Done;
        }));
        return list;
    }

    private static Command CreateAccount(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> name = new("name") { Description = "Name to log in with." };
        Option<string> role = new("--role") { Description = "admin, engineer, assessor or viewer.", DefaultValueFactory = _ => "viewer" };
        role.AcceptOnlyFromAmong("admin", "engineer", "assessor", "viewer");
        Command create = new("create", "Make an account with a password that has to be changed at the first login; it is shown once.") { name, config, role };
        create.SetAction(parsed => WithAccounts(context, parsed.GetRequiredValue(config), (loaded, accounts) =>
        {
            string password = NewPassword();
            AccessRole parsedRole = Enum.Parse<AccessRole>(parsed.GetValue(role)!, ignoreCase: true);
            if (accounts.IsEmpty && parsedRole != AccessRole.Admin)
            {
                throw CommandFailure.BadUsage("The first account has to be an administrator: --role admin.");
            }

            Account account = accounts.Create(parsed.GetRequiredValue(name), parsedRole, password, mustChange: true);
            MachineLog.Note(context, loaded, "made an account", ("name", account.Name), ("role", account.Role.ToString()));
            context.Out.WriteLine(password);
            context.Error.WriteLine($"Password of {parsed.GetRequiredValue(name)}, role {parsedRole}; it has to be changed at the first login.");
            return ExitCodes.Done;
        }));
        return create;
    }

    private static Command ResetPassword(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> name = new("name") { Description = "The account; `edgeagent account list` names them." };
        Command reset = new("reset-password", "Give an account a new password that has to be changed at the next login; it is shown once, the account's sessions end, and a block ends too.") { name, config };
        reset.SetAction(parsed => WithAccounts(context, parsed.GetRequiredValue(config), (loaded, accounts) =>
        {
            string password = NewPassword();
            Account account = accounts.SetPassword(parsed.GetRequiredValue(name), password, mustChange: true);
            accounts.SetBlocked(account.Name, blocked: false);
            MachineLog.Note(context, loaded, "set a password", ("name", account.Name));
            context.Out.WriteLine(password);
            context.Error.WriteLine($"New password of {account.Name}; it has to be changed at the next login. Wrong attempts under this name are forgotten; an address that they came from opens again within {LoginGuard.Window.TotalMinutes:0} minutes.");
            return ExitCodes.Done;
        }));
        return reset;
    }

    /// <summary>Four groups of five: more than 95 bits, and still typed without a mistake.</summary>
    private static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));

    private static Option<string> ConfigOption() => new("--config", "-c") { Description = "The configuration file.", Required = true };

    private static int WithAccounts(CommandContext context, string file, Func<AppConfig, AccountFile, int> use)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.dataDirectory", "$.agent.dataDirectory").Config!;
        string directory = WebDirectory.Of(config);
        try
        {
            return use(config, new AccountFile(directory, context.Time));
        }
        catch (ApiProblem problem)
        {
            throw CommandFailure.Failed(problem.Detail.En, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The accounts in {directory}, or the audit log beside them, cannot be used: {problem.Message}", problem);
        }
    }
}
