using Lading.Configuration;
using Lading.Launching;

namespace Lading.Tests.Launching;

public sealed class ChoosingTheEnvironmentOfAnApp
{
    private const string Dev = "111111111111";

    [Fact]
    public void The_environment_has_the_account_and_region_that_CDK_uses() =>
        Assert.Equal("dev", AppEnvironment.Choose(Question() with { Account = Dev, Region = "eu-west-1" }).Name);

    [Fact]
    public void Another_region_of_the_account_is_another_environment() =>
        Assert.Equal("dev-us", AppEnvironment.Choose(Question() with { Account = Dev, Region = "us-east-1" }).Name);

    [Theory]
    [InlineData("dev", null, null)]
    [InlineData(null, "dev", null)]
    [InlineData(null, null, "dev")]
    [InlineData("dev", "dev", "prod")]
    [InlineData(null, "dev", "prod")]
    public void A_name_takes_precedence_over_accounts(string? option, string? context, string? variable) =>
        Assert.Equal(
            "dev",
            AppEnvironment
                .Choose(
                    Question() with
                    {
                        Option = option,
                        Context = context,
                        Variable = variable,
                        Account = Dev,
                        Region = "eu-west-1",
                    }
                )
                .Name
        );

    [Fact]
    public void The_local_environment_must_be_named() =>
        Assert.Equal("local", AppEnvironment.Choose(Question() with { Option = "local", Account = Dev }).Name);

    [Fact]
    public void No_match_is_an_error_and_never_the_local_environment() =>
        Refused(
            Question() with
            {
                Account = "999999999999",
                Region = "eu-west-1",
            },
            "none in lading.json has account 999999999999 and region eu-west-1",
            "Run cdk with another profile"
        );

    [Fact]
    public void Several_matches_are_an_error() =>
        Refused(
            Question() with
            {
                Account = "222222222222",
                Region = "eu-west-1",
            },
            "prod, prod-b all have account 222222222222",
            "Name one: --env, or LADING_ENV."
        );

    [Fact]
    public void CDK_without_credentials_is_an_error() =>
        Refused(Question(), "CDK_DEFAULT_ACCOUNT is not set", "--profile");

    [Fact]
    public void A_name_must_agree_with_the_account_that_CDK_uses() =>
        Refused(
            Question() with
            {
                Option = "prod",
                Account = Dev,
                Region = "eu-west-1",
            },
            "it is account 222222222222, and CDK works with account 111111111111 (CDK_DEFAULT_ACCOUNT)",
            "Run cdk with --profile production, or name environment dev."
        );

    [Fact]
    public void A_name_must_agree_with_the_region_that_CDK_uses() =>
        Refused(
            Question() with
            {
                Variable = "dev",
                Account = Dev,
                Region = "us-east-1",
            },
            "it is region eu-west-1, and CDK works with us-east-1",
            "AWS_REGION=eu-west-1"
        );

    [Fact]
    public void Option_and_context_must_agree() =>
        Refused(
            Question() with
            {
                Option = "dev",
                Context = "prod",
            },
            "the context lading:env of the app says prod",
            ""
        );

    private static void Refused(AppEnvironmentOptions question, string cameBack, string remedy)
    {
        var failure = Assert.Throws<LadingException>(() => AppEnvironment.Choose(question));
        Assert.Contains(cameBack, failure.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, failure.Kind);
    }

    private static AppEnvironmentOptions Question() =>
        new()
        {
            Configuration = ConfigurationReader.Read(
                """
                {
                  "project": "p",
                  "images": { "web": { "context": "." } },
                  "environments": {
                    "dev": { "account": "111111111111", "region": "eu-west-1" },
                    "dev-us": { "account": "111111111111", "region": "us-east-1" },
                    "prod": { "account": "222222222222", "region": "eu-west-1", "profile": "production" },
                    "prod-b": { "account": "222222222222", "region": "eu-west-1" }
                  }
                }
                """u8.ToArray(),
                "lading.json"
            ),
        };
}
