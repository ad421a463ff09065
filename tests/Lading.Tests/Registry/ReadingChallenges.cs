using Lading.Registry.Transport;

namespace Lading.Tests.Registry;

public sealed class ReadingChallenges
{
    [Fact]
    public void A_bearer_challenge_names_realm_service_and_scope()
    {
        var challenge = Assert.Single(
            Challenge.Parse([
                "Bearer realm=\"https://auth.example/token?a=b\",service=\"registry.example\",scope=\"repository:a/b:pull,push\"",
            ])
        );

        Assert.True(challenge.IsBearer);
        Assert.Equal("https://auth.example/token?a=b", challenge.Realm?.AbsoluteUri);
        Assert.Equal("registry.example", challenge.Service);
        Assert.Equal("repository:a/b:pull,push", challenge.Scope.ToString());
    }

    [Theory]
    [InlineData("bearer REALM=\"https://a.example/\" , Service=s")]
    [InlineData("Bearer realm=https://a.example/,service=s")]
    [InlineData("Bearer realm = \"https://a.example/\" , service = \"s\"")]
    [InlineData("Bearer  ,realm=\"https://a.example/\",,service=\"s\",")]
    [InlineData("Bearer error=\"a \\\"quoted\\\", one\",realm=\"https://a.example/\",service=\"s\"")]
    public void Case_spaces_and_quotes_do_not_matter(string header)
    {
        var challenge = Assert.Single(Challenge.Parse([header]));

        Assert.True(challenge.IsBearer);
        Assert.Equal("https://a.example/", challenge.Realm?.AbsoluteUri);
        Assert.Equal("s", challenge.Service);
    }

    [Theory]
    [InlineData("Basic realm=\"x\", Bearer realm=\"https://a.example/\"")]
    [InlineData("Negotiate, Basic realm=\"x\", Bearer realm=\"https://a.example/\"")]
    public void One_header_may_have_several_challenges(string header)
    {
        var all = Challenge.Parse([header]);

        Assert.Contains(all, challenge => challenge.IsBasic);
        Assert.Contains(all, challenge => challenge.IsBearer);
    }

    [Fact]
    public void Several_headers_are_several_challenges() =>
        Assert.Equal(2, Challenge.Parse(["Basic realm=\"x\"", "Bearer realm=\"https://a.example/\""]).Count);

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("= = =")]
    [InlineData("Bearer realm=\"https://a.example")]
    [InlineData("Bearer realm=")]
    [InlineData("Bearer")]
    [InlineData("Bearer realm=\"relative\"")]
    public void A_header_that_is_not_a_challenge_does_no_harm(string header) =>
        Assert.All(Challenge.Parse([header]), challenge => Assert.NotEqual("", challenge.Scheme));
}
