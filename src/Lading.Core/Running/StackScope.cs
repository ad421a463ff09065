using Lading.Configuration;

namespace Lading.Running;

/// <summary>Which deployed stacks are an environment's own, by their names: what <c>stacks</c> says, else all that no other environment claims.</summary>
/// <param name="environment">The environment.</param>
/// <param name="configuration">The other environments; null outside of a project.</param>
internal sealed class StackScope(EnvironmentDefinition environment, LadingConfiguration? configuration)
{
    public bool Owns(string stack) =>
        environment.Stacks.Count > 0
            ? Claims(environment, stack)
            : configuration?.Environments.Values.Any(other =>
                other.Name != environment.Name && other.Account == environment.Account && Claims(other, stack)
            )
                is not true;

    /// <summary>A stack in a stage is called after both in CloudFormation, with a dash where the app's path has a slash.</summary>
    private static bool Claims(EnvironmentDefinition environment, string stack) =>
        environment.Stacks.Any(pattern =>
            new StackPattern(pattern.Text.Replace('/', '-')).Matches(new StackName(stack, stack))
        );
}
