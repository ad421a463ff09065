using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Testing;

namespace Lading.Tests.Deploying;

public sealed class ChoosingStacks : IDisposable
{
    private const string Here = "aws://111111111111/eu-west-1";
    private const string OtherRegion = "aws://111111111111/us-east-1";
    private const string OtherAccount = "aws://222222222222/eu-west-1";
    private const string Open = "aws://unknown-account/unknown-region";

    private static readonly EnvironmentDefinition Dev = new()
    {
        Name = "dev",
        Account = "111111111111",
        Region = "eu-west-1",
    };

    private static readonly EnvironmentDefinition Prod = Dev with { Name = "prod", Account = "222222222222" };

    private readonly TestAssembly assembly = new();

    public void Dispose() => assembly.Dispose();

    [Fact]
    public void Without_names_takes_the_stacks_of_the_account_and_region_and_one_that_leaves_them_open()
    {
        Stacks(("Open", Open), ("Shop", Here), ("Shop-us", OtherRegion), ("Prod", OtherAccount), ("Web", Here));

        var selection = Choose([Dev, Prod]);

        Assert.Equal("Open Shop Web", Names(selection.Named));
        var left = Assert.Single(selection.LeftOut);
        Assert.Equal("Shop-us", left.Name);
        Assert.Contains(
            "region us-east-1, which no environment in lading.json has",
            left.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_stack_in_another_region_belongs_to_the_environment_of_that_region()
    {
        Stacks(("Shop-dev", Here), ("Shop-prod", OtherRegion));

        var selection = Choose([Dev, Dev with { Name = "prod", Region = "us-east-1" }]);

        Assert.Equal("Shop-dev", Names(selection.Named));
        Assert.Empty(selection.LeftOut);
    }

    [Fact]
    public void In_one_account_and_region_nothing_is_deployed_until_lading_json_says_whose_a_stack_is()
    {
        Stacks(("Shop-dev", Here), ("Shop-prod", Here));

        Assert.Equal(
            "Could not choose stacks to deploy to dev: Shop-dev, Shop-prod are in account 111111111111 and region eu-west-1, "
                + "which dev, prod share. Assign them in lading.json: "
                + "\"dev\": { …, \"stacks\": [\"Shop-dev\"] }, \"prod\": { …, \"stacks\": [\"Shop-prod\"] }",
            Refused([Dev, Dev with { Name = "prod" }])
        );
    }

    [Fact]
    public void The_stacks_that_an_environment_names_are_its_own()
    {
        Stacks(("Shop-dev", Here), ("Shop-prod", Here), ("Network", Here));

        var selection = Choose([Naming("dev", "Shop-dev*"), Naming("prod", "Shop-prod*")]);

        Assert.Equal("Shop-dev", Names(selection.Named));
        Assert.Equal("Network", Assert.Single(selection.LeftOut).Name);
    }

    [Fact]
    public void A_stack_of_another_environment_is_deployed_only_if_it_is_named_in_full()
    {
        Stacks(("Shop-dev", Here), ("Shop-prod", Here));
        EnvironmentDefinition[] both = [Naming("dev", "Shop-dev"), Naming("prod", "Shop-prod")];

        Assert.Equal("Shop-dev", Names(Choose(both, "Shop-*").Named));
        var selection = Choose(both, "Shop-prod");

        Assert.Equal("Shop-prod", Names(selection.Named));
        Assert.Equal("belongs to prod", Assert.Single(selection.Borrowed).Reason);
    }

    [Fact]
    public void A_stack_that_two_environments_name_belongs_to_neither()
    {
        Stacks(("Shop-dev", Here));

        Assert.Contains(
            "stack Shop-dev is in \"stacks\" of dev, prod",
            Refused([Naming("dev", "Shop-*"), Naming("prod", "Shop-*")]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_single_stack_with_an_open_account_takes_the_named_environment()
    {
        Stacks(("Shop", Open));

        Assert.Equal("Shop", Names(Choose([Dev, Prod]).Named));
    }

    [Fact]
    public void An_open_stack_that_another_environment_lists_belongs_to_that_one()
    {
        Stacks(("Shop", Open), ("Shop-prod", Open));

        Assert.Equal("Shop", Names(Choose([Dev, Prod with { Stacks = [new StackPattern("Shop-prod")] }]).Named));
    }

    [Fact]
    public void Several_open_stacks_must_be_named_if_they_could_belong_to_several_environments()
    {
        Stacks(("Shop-dev", Open), ("Shop-prod", Open));

        var refusal = Refused([Dev, Prod]);

        Assert.Contains(
            "Shop-dev, Shop-prod leave account or region open, and could belong to dev, prod",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("lading deploy Shop-dev Shop-prod --env dev", refusal, StringComparison.Ordinal);
        Assert.Contains("\"dev\": { …, \"stacks\": [\"Shop-dev\"] }", refusal, StringComparison.Ordinal);
        Assert.Equal("Shop-dev", Names(Choose([Dev, Prod], "Shop-dev").Named));
        Assert.Equal("Shop-dev Shop-prod", Names(Choose([Dev]).Named));
    }

    [Theory]
    [InlineData("Shop", "Shop")]
    [InlineData("Shop*", "Shop Shop-us")]
    [InlineData("?eb", "Web")]
    public void Names_may_have_wildcards(string pattern, string expected)
    {
        Stacks(("Shop", Here), ("Shop-us", OtherRegion), ("Shop-prod", OtherAccount), ("Web", Here));

        Assert.Equal(expected, Names(Choose([Dev, Prod], pattern).Named));
    }

    [Fact]
    public void The_dependencies_of_a_stack_are_deployed_and_checked_with_it()
    {
        Stacks(("Data", Here));
        Add("Web", Here, "Data", "Web.assets");

        Assert.Equal("Data Web", Names(Choose([Dev], "Web").All));
        Assert.Equal("Web", Names(StackSelection.Of(Read(), ["Web"], Dev, [Dev], isExclusive: true).All));
    }

    [Theory]
    [InlineData(Here)]
    [InlineData(OtherAccount)]
    [InlineData(Open)]
    public void Refuses_stacks_of_another_environment_that_cdk_would_deploy(string place)
    {
        EnvironmentDefinition[] both =
        [
            Naming("dev", "Shop-dev"),
            Prod with
            {
                Account = place == OtherAccount ? Prod.Account : Dev.Account,
                Stacks = [new StackPattern("Network-prod")],
            },
        ];
        Stacks(("Network-prod", place));
        Add("Shop-dev", Here, "Network-prod");

        var refusal = Refused(both);

        Assert.Contains(
            "Could not deploy Shop-dev to dev: it depends on Network-prod, which cdk would deploy as well, and which belongs to prod",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("lading deploy Shop-dev --env dev -- --exclusively", refusal, StringComparison.Ordinal);
        Assert.Equal("Shop-dev", Names(StackSelection.Of(Read(), ["Shop-dev"], both[0], both, isExclusive: true).All));
        Assert.Equal(
            place != OtherAccount,
            refusal.Contains("lading deploy Shop-dev Network-prod --env dev", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_dependency_in_a_region_of_no_environment_is_deployed_too()
    {
        Stacks(("Certificate", OtherRegion));
        Add("Shop", Here, "Certificate");

        var selection = Choose([Dev, Prod]);

        Assert.Equal("Shop", Names(selection.Named));
        Assert.Equal("Certificate Shop", Names(selection.All));
        Assert.Empty(selection.LeftOut);
    }

    [Theory]
    [InlineData("Nope", "the app has no stack Nope. It has Shop, Prod")]
    [InlineData("Shpo", "the app has no stack Shpo. Did you mean Shop? It has Shop, Prod")]
    [InlineData("Prod", "Prod belongs to prod. Name the stacks of dev, or deploy with --env prod.")]
    public void A_wrong_name_is_refused(string pattern, string reason)
    {
        Stacks(("Shop", Here), ("Prod", OtherAccount));

        Assert.Contains(reason, Refused([Dev, Prod], pattern), StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_without_a_stack_of_the_environment_says_whose_they_are()
    {
        Stacks(("Prod", OtherAccount), ("Other", "aws://333333333333/eu-west-1"));

        Assert.Contains(
            "no stack of the app belongs to dev: Prod belongs to prod; Other is in account 333333333333 and region eu-west-1, which no environment in lading.json has",
            Refused([Dev, Prod]),
            StringComparison.Ordinal
        );
    }

    private static EnvironmentDefinition Naming(string name, params string[] stacks) =>
        Dev with
        {
            Name = name,
            Stacks = [.. stacks.Select(each => new StackPattern(each))],
        };

    private void Stacks(params (string Name, string Place)[] stacks)
    {
        foreach (var (name, place) in stacks)
        {
            assembly.Stack(name, "{}", place);
        }
    }

    private void Add(string name, string place, params string[] dependencies) =>
        assembly
            .File($"{name}.template.json", "{}")
            .Artifact(
                name,
                $$"""{ "type": "aws:cloudformation:stack", "environment": "{{place}}", "dependencies": ["{{string.Join("\", \"", dependencies)}}"], "properties": { "templateFile": "{{name}}.template.json" } }"""
            );

    private IReadOnlyList<SynthesizedStack> Read() => CloudAssembly.Read(assembly.Folder).Stacks;

    private StackSelection Choose(EnvironmentDefinition[] environments, params IReadOnlyList<string> patterns) =>
        StackSelection.Of(Read(), patterns, environments[0], environments, isExclusive: false);

    private string Refused(EnvironmentDefinition[] environments, params IReadOnlyList<string> patterns)
    {
        var failure = Assert.Throws<LadingException>(() => Choose(environments, patterns));
        Assert.Equal(FailureKind.Usage, failure.Kind);
        return failure.Message;
    }

    private static string Names(IEnumerable<SynthesizedStack> stacks) =>
        string.Join(' ', stacks.Select(stack => stack.Name));
}
