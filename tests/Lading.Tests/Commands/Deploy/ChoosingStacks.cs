using Lading.Checking.Templates;
using Lading.Cli.Commands.Deploy;
using Lading.Configuration;
using Lading.Testing;

namespace Lading.Tests.Commands.Deploy;

public sealed class ChoosingStacks : IDisposable
{
    private static readonly EnvironmentDefinition Dev = new()
    {
        Name = "dev",
        Account = "111111111111",
        Region = "eu-west-1",
    };

    private readonly TestAssembly assembly = new();

    public ChoosingStacks()
    {
        assembly.Stack("Open", "{}");
        assembly.Stack("Shop", "{}", "aws://111111111111/eu-west-1");
        assembly.Stack("Shop-us", "{}", "aws://111111111111/us-east-1");
        assembly.Stack("Prod", "{}", "aws://222222222222/eu-west-1");
        assembly.File("Data.template.json", "{}");
        assembly.File("Web.template.json", "{}");
        assembly.Artifact(
            "Data",
            """{ "type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1", "properties": { "templateFile": "Data.template.json" } }"""
        );
        assembly.Artifact(
            "Web",
            """{ "type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1", "dependencies": ["Data", "Web.assets"], "properties": { "templateFile": "Web.template.json" } }"""
        );
    }

    public void Dispose() => assembly.Dispose();

    [Fact]
    public void Without_names_they_are_those_of_the_account_and_those_that_leave_it_open() =>
        Assert.Equal("Open Shop Shop-us Data Web", Names(Choose().Named));

    [Theory]
    [InlineData("Shop", "Shop")]
    [InlineData("Shop*", "Shop Shop-us")]
    [InlineData("?eb", "Web")]
    public void Names_may_have_wildcards(string pattern, string expected) =>
        Assert.Equal(expected, Names(Choose(pattern).Named));

    [Fact]
    public void What_a_stack_depends_on_is_deployed_and_so_checked_with_it()
    {
        Assert.Equal("Data Web", Names(Choose("Web").All));
        Assert.Equal("Web", Names(StackSelection.Of(Stacks, ["Web"], Dev, isExclusive: true).All));
    }

    [Theory]
    [InlineData("Nope", "the app has no stack Nope")]
    [InlineData("Prod", "stack Prod is of account 222222222222")]
    public void A_wrong_name_is_refused(string pattern, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<LadingException>(() => Choose(pattern)).Message,
            StringComparison.Ordinal
        );

    private IReadOnlyList<SynthesizedStack> Stacks => CloudAssembly.Read(assembly.Folder).Stacks;

    private StackSelection Choose(params IReadOnlyList<string> patterns) =>
        StackSelection.Of(Stacks, patterns, Dev, isExclusive: false);

    private static string Names(IEnumerable<SynthesizedStack> stacks) =>
        string.Join(' ', stacks.Select(stack => stack.Name));
}
