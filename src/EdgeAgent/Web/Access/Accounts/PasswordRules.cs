using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>What a password must be: long, not the name, and not one of those that are tried first.</summary>
/// <remarks>No rules about kinds of characters: they make people write 'Password1!' and write it down.</remarks>
internal static class PasswordRules
{
    public const int LengthMin = 10;
    public const int LengthMax = 128;

    private static readonly HashSet<string> Commonest = new(StringComparer.Ordinal)
    {
        // What remains of a common password when digits and signs at its ends are taken off, and common whole ones.
        "", "password", "passw0rd", "p@ssw0rd", "pass", "admin", "administrator", "root", "user", "test", "guest", "qwerty", "qwertyuiop", "qwertyui", "asdfghjkl",
        "zxcvbnm", "qazwsx", "qazwsxedc", "abc", "abcd", "abcde", "abcdef", "abcdefgh", "abcdefghij", "letmein", "welcome", "changeme", "iloveyou", "woaini", "monkey",
        "dragon", "football", "baseball", "superman", "princess", "sunshine", "trustno", "master", "login", "hello", "secret", "edgeagent", "factory", "gongchang",
        "mima", "wodemima", "zhongguo", "woaizhongguo", "shebei", "a", "aa", "q", "qq", "x", "xx", "z", "zz", "w", "s", "d",
        "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "1qaz2wsx3edc", "1qaz@wsx#edc", "zaq12wsxcde3", "qwe123asd456", "a1b2c3d4e5", "1a2b3c4d5e", "abc123abc123",
        "p@ssw0rd123", "passw0rd123", "123qwe123qwe", "qwe123qwe123", "5201314woaini",
    };

    /// <exception cref="ApiProblem">It is not good enough; the text says why.</exception>
    public static void Check(string password, string name)
    {
        if (password.Length is < LengthMin or > LengthMax)
        {
            throw Weak($"密码须为 {LengthMin} 到 {LengthMax} 个字符；几个词组成的句子既好记又安全。", $"A password has {LengthMin} to {LengthMax} characters; a few words in a row are easy to keep and hard to guess.");
        }

        string lower = password.ToLowerInvariant();
        if (lower.Contains(name.ToLowerInvariant(), StringComparison.Ordinal) && lower.Length - name.Length < LengthMin)
        {
            throw Weak("密码不能是用户名，也不能只是用户名加几个字符。", "A password is not the name, nor the name with a few characters more.");
        }

        if (Commonest.Contains(lower) || Commonest.Contains(lower.Trim([.. lower.Where(c => !char.IsLetter(c)).Distinct()])) || lower.Distinct().Count() < 5)
        {
            throw Weak("这是最常被猜到的密码之一。", "This is one of the passwords that are guessed first.");
        }
    }

    private static ApiProblem Weak(string zh, string en) => new(StatusCodes.Status400BadRequest, new(zh, en)) { Code = "weak-password" };
}
