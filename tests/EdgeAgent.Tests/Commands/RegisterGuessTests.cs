using EdgeAgent.Commands.Guess;

namespace EdgeAgent.Tests.Commands;

public sealed class RegisterGuessTests
{
    [Theory]
    [InlineData("435C8000", "ABCD", "220.5")]
    [InlineData("8000435C", "CDAB", "220.5")]
    [InlineData("5C430080", "BADC", "220.5")]
    [InlineData("0080 5C43", "DCBA", "220.5")]
    public void The_right_order_of_a_float_is_the_plausible_one(string wire, string order, string value)
    {
        IReadOnlyList<RegisterGuess> guesses = RegisterGuess.All(Convert.FromHexString(wire.Replace(" ", "", StringComparison.Ordinal)), null, null);
        Assert.Equal([(order, value)], guesses.Where(guess => guess is { Type: "float32", IsPlausible: true }).Select(guess => (guess.Order, guess.Value)));
        Assert.Equal(4, guesses.Count(guess => guess.Type == "float32"));
        Assert.Equal(4, guesses.Count(guess => guess.Type == "uint32"));
        Assert.Equal(2, guesses.Count(guess => guess.Type == "int16"));
    }

    [Fact]
    public void A_tags_own_limits_decide()
    {
        IReadOnlyList<RegisterGuess> guesses = RegisterGuess.All([0x00, 0x00, 0x03, 0xE8], 900, 1100);
        Assert.Equal(["int32", "uint32"], guesses.Where(guess => guess is { Order: "ABCD", IsPlausible: true }).Select(guess => guess.Type));
    }

    [Fact]
    public void Eight_bytes_show_the_wide_types_too() =>
        Assert.Contains(RegisterGuess.All(Convert.FromHexString("405EDD2F1A9FBE77"), null, null), guess => guess is { Type: "float64", Order: "ABCD", IsPlausible: true, Value: "123.456" });
}
