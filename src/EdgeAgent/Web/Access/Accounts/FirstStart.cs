using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>The time before there is an administrator: whoever sits at the machine makes him, others need the code that the program printed.</summary>
internal sealed class FirstStart(AccountFile accounts)
{
    // Without letters that are taken for each other when somebody reads them out on the phone.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int CodeLetters = 12;

    /// <summary>Changes with each start of the program.</summary>
    public string Code { get; } = RandomNumberGenerator.GetString(Letters, CodeLetters);

    /// <summary>The code in groups, as it is printed.</summary>
    public string SpokenCode => $"{Code[..4]}-{Code[4..8]}-{Code[8..]}";

    public bool IsOpen => accounts.IsEmpty;

    public bool Matches(string? code) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Code), Encoding.UTF8.GetBytes((code ?? "").Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant()));
}
