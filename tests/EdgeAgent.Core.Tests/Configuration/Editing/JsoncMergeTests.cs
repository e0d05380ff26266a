using System.Text;
using System.Text.Json;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration.Editing;

public sealed class JsoncMergeTests
{
    private const string Before = """
        // The plant of the north hall.
        {
          "site": "north", // do not rename
          "agent": {
            "id": "gw-01",
            "endpoints": [
              {
                "name": "line-1", "driver": "modbus-tcp", // by the door
                "settings": { "host": "10.0.0.5" },
                "devices": [
                  // the old press
                  { "name": "press-01", "settings": { "unitId": 1 } },
                  {
                    "name": "press-02",
                    /* serial 4711 */
                    "settings": { "unitId": 2 }
                  } // last one
                ]
              }
            ]
          }
        }
        """;

    [Fact]
    public void A_text_that_says_it_already_stays_as_it_is_to_the_byte()
    {
        JsoncMerge merge = Merge(Before, Data(Before));
        Assert.Equal(Before, Text(merge));
        Assert.Empty(merge.Lost);
    }

    [Fact]
    public void A_changed_value_changes_nothing_else()
    {
        JsoncMerge merge = Merge(Before, Data(Before).Replace("10.0.0.5", "10.0.0.6", StringComparison.Ordinal));
        Assert.Equal(Before.Replace("10.0.0.5", "10.0.0.6", StringComparison.Ordinal), Text(merge));
        Assert.Empty(merge.Lost);
    }

    [Fact]
    public void A_device_is_added_behind_the_comment_of_the_last_one()
    {
        string wanted = Data(Before).Replace("""{"unitId":2}}""", """{"unitId":2}},{"name":"press-03","settings":{"unitId":3}}""", StringComparison.Ordinal);
        JsoncMerge merge = Merge(Before, wanted);
        Assert.Contains("          }, // last one\n          { \"name\": \"press-03\", \"settings\": { \"unitId\": 3 } }\n        ]", Text(merge), StringComparison.Ordinal);
        Assert.Empty(merge.Lost);
        Assert.Equal(Data(wanted), Data(Text(merge)));
    }

    [Fact]
    public void A_comment_inside_a_removed_device_is_named_and_all_others_stay()
    {
        string wanted = Data(Before).Replace(""",{"name":"press-02","settings":{"unitId":2}}""", "", StringComparison.Ordinal);
        JsoncMerge merge = Merge(Before, wanted);
        Assert.Equal(Data(wanted), Data(Text(merge)));
        Assert.Equal(["serial 4711", "last one"], merge.Lost.Select(c => c.Text));
        Assert.Equal(15, merge.Lost[0].Line);
        Assert.Contains("// the old press", Text(merge), StringComparison.Ordinal);
        Assert.Contains("// do not rename", Text(merge), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", """{"a":1}""")]
    [InlineData("""{ "a": [1, 2] }""", """{"a":[1,2,3]}""")]
    [InlineData("""{ "a": [ { "name": "x" }, { "name": "y" } ] }""", """{"a":[{"name":"y"},{"name":"x"}]}""")]
    [InlineData("""{ "a": [ { "name": "x" }, { "name": "y" }, { "name": "z" }, ], }""", """{"a":[{"name":"x"},{"name":"z","b":true},{"name":"w"}]}""")]
    [InlineData("""{ "a": 1, "b": { "c": 2 } }""", """{"b":{"d":"ü\"\\"}}""")]
    [InlineData("{\r\n  \"a\": 1\r\n}", """{"a":1,"b":[]}""")]
    [InlineData("""{"a": {"x": 1}}""", """{"a":[]}""")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2 // two\n}", """{"a":1,"c":3}""")]
    [InlineData("{ \"a\": [\n { \"name\": \"x\" }, // x\n { \"name\": \"y\" }\n] }", """{"a":[{"name":"x"},{"name":"z"}]}""")]
    [InlineData("{ \"a\": [\n { \"name\": \"x\" }\n] }", """{"a":[{"name":"z"}]}""")]
    [InlineData("""{ "a": null, "b": true }""", """{"a":false,"b":null,"c":1.50}""")]
    public void Whatever_is_wanted_is_what_the_text_then_says(string before, string wanted) => Assert.Equal(Data(wanted), Data(Text(Merge(before, wanted))));

    [Fact]
    public void Line_ends_of_windows_stay()
    {
        string text = Text(Merge("{\r\n  \"a\": 1\r\n}", """{"a":1,"b":2}"""));
        Assert.Equal("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}", text);
    }

    private static JsoncMerge Merge(string before, string wanted)
    {
        using JsonDocument document = JsonDocument.Parse(wanted);
        return JsoncMerge.Of(JsoncText.Parse(Encoding.UTF8.GetBytes(before))!, document.RootElement);
    }

    private static string Text(JsoncMerge merge) => Encoding.UTF8.GetString(merge.Result);

    private static string Data(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return JsonSerializer.Serialize(document.RootElement);
    }
}
