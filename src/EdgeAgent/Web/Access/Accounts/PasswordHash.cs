using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>A password as it is kept: PBKDF2 with HMAC-SHA-256, written as <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c>.</summary>
/// <remarks>The framework's PBKDF2 is used directly instead of ASP.NET Identity's PasswordHasher, because that one fixes HMAC-SHA-512 and its
/// format hides how many iterations an account has; here the number stands in the file and can grow with the machines.</remarks>
internal static class PasswordHash
{
    /// <summary>What OWASP recommends for PBKDF2-HMAC-SHA256; 0.1 to 1 s of a core on the machines that this runs on.</summary>
    public const int Iterations = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Checked for names that nobody has, so that they take as long as the others.
    private static readonly string Nobody = Of("-", Iterations);

    public static string Of(string password, int iterations = Iterations)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, iterations))}");
    }

    /// <param name="kept">Null for a name that nobody has: takes as long and says no.</param>
    public static bool Matches(string password, string? kept)
    {
        if ((kept ?? Nobody).Split('$') is not [Scheme, var count, var salt, var hash] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations))
        {
            return false;
        }

        byte[] derived = Derive(password, Convert.FromBase64String(salt), iterations);
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(hash)) && kept is not null;
    }

    /// <remarks>The same letters may come in two forms from two keyboards; both are the same password.</remarks>
    private static byte[] Derive(string password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC)), salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
