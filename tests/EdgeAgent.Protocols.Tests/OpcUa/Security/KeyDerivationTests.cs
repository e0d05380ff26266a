using System.Text;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.Tests.OpcUa.Security;

public sealed class KeyDerivationTests
{
    [Fact]
    public void P_sha256_gives_the_published_bytes()
    {
        // The test vector that the working group of TLS 1.2 published for its P_SHA256.
        byte[] secret = Hex.Bytes("9BBE436BA940F017B17652849A71DB35");
        byte[] seed = [.. Encoding.ASCII.GetBytes("test label"), .. Hex.Bytes("A0BA9F936CDA311827A6F796FFD5198C")];
        byte[] output = new byte[100];
        KeyDerivation.PSha256(secret, seed, output);
        Assert.Equal(
            "E3F229BA727BE17B8D122620557CD453C2AAB21D07C3D495329B52D4E61EDB5A6B301791E90D35C9C9A46B4E14BAF9AF0FA022F7077DEF17ABFD3797C0564BAB"
            + "4FBC91666E9DEF9B97FCE34F796789BAA48082D122EE42C5A72E5A5110FFF70187347B66",
            Hex.Text(output));
    }
}
