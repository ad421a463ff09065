using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>The stacks to verify.</summary>
/// <param name="names">Their names in CloudFormation; empty for all stacks of the environment.</param>
/// <param name="scope">Decides which stacks belong to the environment.</param>
internal sealed class VerifiedStacks(IReadOnlyList<string> names, StackScope scope)
{
    public bool Owns(string stack) =>
        names.Count > 0 ? names.Contains(stack, StringComparer.Ordinal) : scope.Owns(stack);

    /// <summary>Ensures that the named stacks exist.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="selector">The options that select the environment on a command line.</param>
    /// <exception cref="LadingException">A stack does not exist.</exception>
    public void Require(EnvironmentEvidence evidence, string selector)
    {
        if (evidence.Unread.Any(fact => fact.Source.Action == "cloudformation:DescribeStacks"))
        {
            return;
        }

        var missing = names.Except(evidence.Stacks.Select(stack => stack.Name), StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw LadingException.Usage(
                $"Could not verify {string.Join(", ", missing)}",
                $"{evidence.Name} ({evidence.Account}, {evidence.Region}) has no such stack",
                $"Name stacks as CloudFormation does; lading verify {selector} looks at all of them."
            );
        }

        if (evidence.Stacks.Count == 0)
        {
            throw LadingException.Usage(
                $"Could not verify {evidence.Name}",
                $"it has no stack in {evidence.Account}, {evidence.Region}",
                "Deploy one first: lading deploy"
            );
        }
    }
}
