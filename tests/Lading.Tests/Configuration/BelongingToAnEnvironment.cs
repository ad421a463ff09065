using Lading.Configuration;

namespace Lading.Tests.Configuration;

/// <summary>The rule that says which environment a stack belongs to, as a table.</summary>
public sealed class BelongingToAnEnvironment
{
    private const string Ones = "111111111111";
    private const string Twos = "222222222222";

    /// <summary>
    /// Environments: name, account and region, patterns of <c>stacks</c>. Then the stack: account and region, path,
    /// name. Then the result.
    /// </summary>
    [Theory]
    // An account and region per environment.
    [InlineData("dev=1/eu prod=2/eu", "1/eu", "Shop", "One dev")]
    [InlineData("dev=1/eu prod=2/eu", "2/eu", "Shop", "One prod")]
    [InlineData("dev=1/eu prod=1/us", "1/eu", "Shop", "One dev")]
    [InlineData("dev=1/eu prod=1/us", "1/us", "Shop", "One prod")]
    [InlineData("dev=1/eu prod=2/eu", "3/eu", "Shop", "None")]
    [InlineData("dev=1/eu prod=2/eu", "1/us", "Shop", "None")]
    // Both with the same account and region.
    [InlineData("dev=1/eu prod=1/eu", "1/eu", "Shop", "Shared dev,prod")]
    [InlineData("dev=1/eu prod=1/eu:Shop-prod", "1/eu", "Shop-prod", "One prod")]
    [InlineData("dev=1/eu prod=1/eu:Shop-prod", "1/eu", "Shop-dev", "One dev")]
    [InlineData("dev=1/eu:Shop-dev,Shop-dev-* prod=1/eu:Shop-prod,Shop-prod-*", "1/eu", "Shop-dev", "One dev")]
    [InlineData("dev=1/eu:Shop-dev,Shop-dev-* prod=1/eu:Shop-prod,Shop-prod-*", "1/eu", "Shop-dev-data", "One dev")]
    [InlineData("dev=1/eu:Shop-dev prod=1/eu:Shop-prod", "1/eu", "Network", "Unlisted dev,prod")]
    [InlineData("dev=1/eu:Shop-* prod=1/eu:Shop-prod", "1/eu", "Shop-prod", "Contested dev,prod")]
    [InlineData("a=1/eu b=1/eu c=1/eu:X", "1/eu", "Shop", "Shared a,b")]
    // An environment on its own that lists its stacks has no others.
    [InlineData("dev=1/eu:Shop", "1/eu", "Shop", "One dev")]
    [InlineData("dev=1/eu:Shop", "1/eu", "Data", "Unlisted dev")]
    // Names count only among environments that fit.
    [InlineData("dev=1/eu prod=2/eu:Shop*", "1/eu", "Shop", "One dev")]
    [InlineData("dev=1/eu prod=1/us:Shop*", "1/eu", "Shop", "One dev")]
    // A region that no environment has, such as that of certificates, can be claimed by name.
    [InlineData("dev=1/eu:Shop,Cert prod=2/eu", "1/us", "Cert", "One dev")]
    [InlineData("dev=1/eu:Shop,Cert prod=2/eu", "2/us", "Cert", "None")]
    // Stacks that leave the account or the region open.
    [InlineData("dev=1/eu", "?/?", "Shop", "Open dev")]
    [InlineData("dev=1/eu prod=2/eu", "?/?", "Shop", "Open dev,prod")]
    [InlineData("dev=1/eu prod=2/eu", "1/?", "Shop", "Open dev")]
    [InlineData("dev=1/eu prod=2/eu", "?/eu", "Shop", "Open dev,prod")]
    [InlineData("dev=1/eu prod=2/us", "?/us", "Shop", "Open prod")]
    [InlineData("dev=1/eu prod=2/eu:Shop", "?/?", "Shop", "One prod")]
    [InlineData("dev=1/eu prod=2/eu:Shop", "?/?", "Data", "Open dev")]
    [InlineData("dev=1/eu:Shop-dev prod=2/eu:Shop-prod", "?/?", "Data", "Unlisted dev,prod")]
    [InlineData("dev=1/eu prod=2/eu", "3/?", "Shop", "None")]
    // Registries other than ECR tell nothing about accounts; a local one has no stacks.
    [InlineData("dev=1/eu lab=@", "1/eu", "Shop", "One dev")]
    [InlineData("dev=1/eu lab=@", "3/eu", "Shop", "Open lab")]
    [InlineData("dev=1/eu lab=@:Lab-*", "1/eu", "Lab-web", "One lab")]
    [InlineData("local=!", "1/eu", "Shop", "None")]
    [InlineData("local=! dev=1/eu", "?/?", "Shop", "Open dev")]
    // The CloudFormation name counts as well as the path; a star stops at a slash.
    [InlineData("dev=1/eu:Dev-Shop prod=1/eu", "1/eu", "Dev/Shop|Dev-Shop", "One dev")]
    [InlineData("dev=1/eu:Dev/* prod=1/eu", "1/eu", "Dev/Shop|Dev-Shop", "One dev")]
    [InlineData("dev=1/eu:D* prod=1/eu", "1/eu", "Dev/Shop", "One prod")]
    [InlineData("dev=1/eu:D** prod=1/eu", "1/eu", "Dev/Shop", "One dev")]
    [InlineData("dev=1/eu:Shop.? prod=1/eu", "1/eu", "Shop-1", "One prod")]
    [InlineData("dev=1/eu:shop prod=1/eu", "1/eu", "Shop", "One prod")]
    public void A_stack_belongs(string environments, string place, string stack, string expected)
    {
        var names = stack.Split('|');

        var match = new StackEnvironments(environments.Split(' ').Select(Environment)).Match(
            Place(place),
            new StackName(names[0], names.ElementAtOrDefault(1))
        );

        Assert.Equal(
            expected,
            $"{match.Kind} {string.Join(',', match.Environments.Select(each => each.Name))}".TrimEnd()
        );
    }

    [Fact]
    public void The_lines_to_add_give_each_environment_the_stacks_named_after_it()
    {
        EnvironmentDefinition[] both = [Environment("dev=1/eu"), Environment("prod=1/eu")];

        Assert.Equal(
            "\"dev\": { …, \"stacks\": [\"Shop-dev\", \"DevData\"] }, \"prod\": { …, \"stacks\": [\"Prod/Shop\"] }",
            StackEnvironments.LinesFor(
                both,
                [new StackName("Shop-dev", null), new StackName("DevData", null), new StackName("Prod/Shop", null)]
            )
        );
        Assert.Equal(
            "\"dev\": { …, \"stacks\": [\"Shop\"] }",
            StackEnvironments.LinesFor(both, [new StackName("Shop", null)])
        );
    }

    private static StackEnvironment Place(string text) =>
        text.Split('/') is [var account, var region]
            ? new StackEnvironment(Account(account), region == "?" ? null : Region(region))
            : throw new FormatException(text);

    private static EnvironmentDefinition Environment(string text)
    {
        var parts = text.Split('=', ':');
        var place = parts[1].Split('/');
        return new EnvironmentDefinition
        {
            Name = parts[0],
            Account = place.Length == 2 ? Account(place[0]) : null,
            Region = place.Length == 2 ? Region(place[1]) : null,
            Registry = parts[1] switch
            {
                "@" => "registry.example.com",
                "!" => "embedded",
                _ => null,
            },
            Stacks = parts.Length > 2 ? [.. parts[2].Split(',').Select(each => new StackPattern(each))] : [],
        };
    }

    private static string? Account(string text) =>
        text switch
        {
            "1" => Ones,
            "2" => Twos,
            "?" => null,
            _ => "333333333333",
        };

    private static string Region(string text) => text == "eu" ? "eu-west-1" : "us-east-1";
}
