using Lading.Checking;
using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Testing;
using Lading.Tests.Locks;

namespace Lading.Tests.Checking;

/// <summary>An app with stacks of several environments, and a check of one of them.</summary>
public sealed class CheckingOneEnvironment : IDisposable
{
    private static readonly EnvironmentDefinition Dev = Environment("dev", "111111111111");
    private static readonly EnvironmentDefinition Prod = Environment("prod", "222222222222");

    private readonly TestAssembly assembly = new();

    private IReadOnlyList<SynthesizedStack> Stacks => CloudAssembly.Read(assembly.Folder).Stacks;

    public void Dispose() => assembly.Dispose();

    [Fact]
    public void Stacks_of_another_environment_are_skipped_and_named()
    {
        Add("Dev", "aws://111111111111/eu-west-1");
        Add("Prod", "aws://222222222222/eu-west-1");
        Add("Anywhere", "aws://unknown-account/unknown-region");
        Add("Stranger", "aws://333333333333/eu-west-1");

        var request = CheckRequest.OfNamed(Dev, Stacks, [Dev, Prod]);

        Assert.Equal(["Dev", "Anywhere", "Stranger"], request.Stacks!.Select(each => each.Stack.Name));
        Assert.Equal([("Prod", "prod")], request.Others);
    }

    [Fact]
    public void Two_environments_in_one_account_are_distinguished_by_the_names_of_their_stacks()
    {
        Add("Shop-dev", "aws://111111111111/eu-west-1");
        Add("Shop-test", "aws://111111111111/eu-west-1");
        var dev = Dev with { Stacks = [new StackPattern("*-dev")] };
        var test = Environment("test", "111111111111") with { Stacks = [new StackPattern("*-test")] };

        var request = CheckRequest.OfNamed(test, Stacks, [dev, test]);

        Assert.Equal(["Shop-test"], request.Stacks!.Select(each => each.Stack.Name));
        Assert.Equal([("Shop-dev", "dev")], request.Others);
    }

    [Fact]
    public void All_stacks_are_checked_if_each_is_of_another_environment()
    {
        Add("Dev", "aws://111111111111/eu-west-1");

        var request = CheckRequest.OfNamed(Prod, Stacks, [Dev, Prod]);

        Assert.Equal(["Dev"], request.Stacks!.Select(each => each.Stack.Name));
        Assert.Empty(request.Others);
    }

    [Theory]
    [InlineData("\"lading.invalid/web\"")]
    [InlineData("\"111111111111.dkr.ecr.eu-west-1.amazonaws.com/lading.invalid@sha256:00\"")]
    public void An_image_that_the_synthesis_could_not_pin_is_not_looked_up(string image)
    {
        assembly.Stack("Dev", TestAssembly.Fargate(("web", image)), "aws://111111111111/eu-west-1");
        var configuration = new LadingConfiguration
        {
            Project = "shop",
            Images = new Dictionary<string, ImageDefinition>(StringComparer.Ordinal),
            Environments = new Dictionary<string, EnvironmentDefinition>(StringComparer.Ordinal) { ["dev"] = Dev },
        };

        var seen = Assert.Single(
            new CheckSubjects(configuration, Dev, _ => null).List(
                Stacks
                    .Select(stack => new CheckedStack(stack, Dev))
                    .SelectMany(stack => TemplateImages.Of(stack.Stack), ValueTuple.Create)
            )
        );

        Assert.Null(seen.Address);
        Assert.Contains("the synthesis could not pin it", seen.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_the_synthesis_could_not_pin_is_not_said_to_be_in_no_template()
    {
        assembly.Stack("Dev", TestAssembly.Fargate(("web", "\"lading.invalid/web\"")), "aws://111111111111/eu-west-1");
        var configuration = new LadingConfiguration
        {
            Project = "shop",
            Images = new Dictionary<string, ImageDefinition>(StringComparer.Ordinal),
            Environments = new Dictionary<string, EnvironmentDefinition>(StringComparer.Ordinal) { ["dev"] = Dev },
        };
        var held = ALock.Of(("web", ALock.Image('a')), ("site", ALock.Image('b')));

        var seen = new CheckSubjects(configuration, Dev, _ => held).List(
            Stacks
                .Select(stack => new CheckedStack(stack, Dev))
                .SelectMany(stack => TemplateImages.Of(stack.Stack), ValueTuple.Create)
        );

        Assert.Equal([("Dev", "web"), (null, "site")], seen.Select(image => (image.Stack, image.Image)));
    }

    private void Add(string name, string place) =>
        assembly.Stack(name, TestAssembly.Fargate(("web", "\"shop/web\"")), place);

    private static EnvironmentDefinition Environment(string name, string account) =>
        new()
        {
            Name = name,
            Account = account,
            Region = "eu-west-1",
        };
}
