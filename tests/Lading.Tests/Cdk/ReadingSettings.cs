using Lading.Cdk.Synthesis;

namespace Lading.Tests.Cdk;

public sealed class ReadingSettings
{
    [Fact]
    public void Nothing_is_set_without_an_option()
    {
        Assert.Equal(new StackSettings(), Of([]));
    }

    [Fact]
    public void The_context_takes_precedence_over_the_variables()
    {
        var variables = new Dictionary<string, string> { ["LADING_ENV"] = "dev", ["LADING_LOCK"] = "a.json" };

        Assert.Equal(new StackSettings { Environment = "dev", Lock = "a.json" }, Of([], variables));
        Assert.Equal(
            new StackSettings { Environment = "prod", Lock = "b.json" },
            Of(new() { ["lading:env"] = "prod", ["lading:lock"] = "b.json" }, variables)
        );
    }

    [Fact]
    public void An_empty_text_counts_as_unset()
    {
        Assert.Equal(
            new StackSettings(),
            Of(
                new() { ["lading:env"] = "", ["lading:stale"] = "" },
                new() { ["LADING_ENV"] = "", ["LADING_LOCK"] = "" }
            )
        );
    }

    [Theory]
    [InlineData("warn", 0)]
    [InlineData("error", 1)]
    [InlineData("ignore", 2)]
    public void The_context_says_how_a_stale_lock_is_reported(string text, int expected)
    {
        Assert.Equal((StaleLock)expected, Of(new() { ["lading:stale"] = text }).Stale);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData("true", true)]
    [InlineData(false, false)]
    [InlineData("false", false)]
    public void Fixed_digests_are_requested_in_cdk_json_or_on_the_command_line(object value, bool expected)
    {
        Assert.Equal(expected, Of(new() { ["lading:fixed"] = value }).Fixed);
    }

    [Theory]
    [InlineData("lading:env", 7)]
    [InlineData("lading:lock", true)]
    [InlineData("lading:stale", "fail")]
    [InlineData("lading:fixed", "yes")]
    public void An_unknown_value_is_an_error(string key, object value)
    {
        var exception = Assert.Throws<LadingException>(() => Of(new() { [key] = value }));

        Assert.Contains(key, exception.Attempted, StringComparison.Ordinal);
    }

    private static StackSettings Of(Dictionary<string, object> context, Dictionary<string, string>? variables = null) =>
        StackSettings.Of(context.GetValueOrDefault, name => variables?.GetValueOrDefault(name));
}
