using Lading.Cdk.Synthesis;
using Lading.Configuration;

namespace Lading.Tests.Cdk;

public sealed class ChoosingAnEnvironment
{
    private const string Ones = "111111111111";
    private const string Twos = "222222222222";
    private const string Tokyo = "ap-northeast-1";

    private static readonly EnvironmentDefinition Local = new() { Name = "local", Registry = "embedded" };
    private static readonly EnvironmentDefinition Dev = new()
    {
        Name = "dev",
        Account = Ones,
        Region = Tokyo,
    };
    private static readonly EnvironmentDefinition Prod = new()
    {
        Name = "prod",
        Account = Twos,
        Region = Tokyo,
    };

    [Fact]
    public void A_named_environment_takes_precedence_over_that_of_the_stack()
    {
        var choice = EnvironmentChoice.For(Question(Ones, Tokyo) with { Named = "prod" });

        Assert.Equal("prod", choice.Environment?.Name);
        Assert.Equal("prod", choice.Lock);
    }

    [Fact]
    public void An_unknown_name_is_an_error_with_the_known_ones()
    {
        var exception = Fails(Question(Ones, Tokyo) with { Named = "stage" });

        Assert.Contains("environment stage", exception.Attempted, StringComparison.Ordinal);
        Assert.Contains("dev, local, prod", exception.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Ones, "dev")]
    [InlineData(Twos, "prod")]
    public void The_one_with_the_account_and_region_of_the_stack_counts(string account, string expected)
    {
        var choice = EnvironmentChoice.For(Question(account, Tokyo));

        Assert.Equal(expected, choice.Environment?.Name);
        Assert.Equal(expected, choice.Lock);
    }

    [Fact]
    public void Two_with_the_account_and_region_of_the_stack_are_an_error()
    {
        var exception = Fails(Question(Ones, Tokyo, Local, Dev, Dev with { Name = "test" }));

        Assert.Equal(
            "Could not choose an environment for stack Storefront: dev, test all have account 111111111111 and region ap-northeast-1. "
                + "Assign it in lading.json: \"dev\": { …, \"stacks\": [\"Storefront\"] }. "
                + "Or name one: -c lading:env=dev, or the variable LADING_ENV.",
            exception.Message
        );
    }

    [Fact]
    public void Of_two_with_the_same_account_and_region_the_one_that_lists_the_stack_counts()
    {
        var test = Dev with { Name = "test", Stacks = [new StackPattern("Store*")] };

        Assert.Equal("test", EnvironmentChoice.For(Question(Ones, Tokyo, Local, Dev, test)).Environment?.Name);
        Assert.Equal("test", EnvironmentChoice.For(Question(null, null, Local, Dev, test)).Environment?.Name);
    }

    [Fact]
    public void A_stack_not_listed_by_the_only_environment_of_its_account_still_takes_its_images()
    {
        var dev = Dev with { Stacks = [new StackPattern("Other")] };

        Assert.Equal("dev", EnvironmentChoice.For(Question(Ones, Tokyo, Local, dev)).Environment?.Name);
    }

    [Fact]
    public void A_stack_of_another_account_finds_no_environment_and_no_lock()
    {
        var exception = Fails(Question("999999999999", Tokyo) with { Locks = ["dev"] });

        Assert.Contains("none in lading.json has account 999999999999", exception.CameBack, StringComparison.Ordinal);
        Assert.Contains("dev, local, prod", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_another_account_does_not_take_the_local_lock_if_there_are_others()
    {
        Fails(Question("999999999999", Tokyo) with { Locks = ["dev", "local"] });
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("999999999999", Tokyo)]
    public void The_local_lock_is_used_if_it_is_the_only_one_with_the_stacks_own_registry(
        string? account,
        string? region
    )
    {
        var choice = EnvironmentChoice.For(Question(account, region) with { Locks = ["local"] });

        Assert.Null(choice.Environment);
        Assert.Equal("local", choice.Lock);
    }

    [Fact]
    public void A_stack_that_leaves_its_account_open_takes_the_only_lock_there_is()
    {
        var choice = EnvironmentChoice.For(Question(null, null) with { Locks = ["dev"] });

        Assert.Null(choice.Environment);
        Assert.Equal("dev", choice.Lock);
    }

    [Fact]
    public void A_stack_without_an_account_must_name_one_of_two_locks()
    {
        var exception = Fails(Question(null, null) with { Locks = ["dev", "prod"] });

        Assert.Contains("locks of dev, prod", exception.CameBack, StringComparison.Ordinal);
        Assert.Contains("-c lading:env=dev", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_with_only_a_region_leaves_its_account_open()
    {
        Assert.Equal("dev", EnvironmentChoice.For(Question(null, Tokyo) with { Locks = ["dev"] }).Lock);
    }

    [Fact]
    public void Without_any_lock_the_error_names_the_command_for_an_environment_that_exists()
    {
        var exception = Fails(Question(null, null));

        Assert.Contains("lading publish --env dev", exception.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("999999999999")]
    public void A_project_with_only_the_local_environment_uses_it(string? account)
    {
        Assert.Equal("local", EnvironmentChoice.For(Question(account, Tokyo, Local)).Lock);
    }

    [Fact]
    public void A_named_lock_file_needs_no_environment()
    {
        var choice = EnvironmentChoice.For(Question(null, null) with { LockIsNamed = true });

        Assert.Null(choice.Environment);
    }

    private static EnvironmentQuestion Question(
        string? account,
        string? region,
        params EnvironmentDefinition[] environments
    )
    {
        var (stack, target) = (new StackName("Storefront", "Storefront"), new StackEnvironment(account, region));
        var ones = environments is [] ? [Local, Dev, Prod] : environments;
        return new()
        {
            Stack = stack,
            Target = target,
            Match = new StackEnvironments(ones).Match(target, stack),
            Environments = new SortedDictionary<string, EnvironmentDefinition>(
                ones.ToDictionary(each => each.Name),
                StringComparer.Ordinal
            ),
        };
    }

    private static LadingException Fails(EnvironmentQuestion question) =>
        Assert.Throws<LadingException>(() => EnvironmentChoice.For(question));
}
