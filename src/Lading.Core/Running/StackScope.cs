using Lading.Configuration;

namespace Lading.Running;

/// <summary>
/// Which deployed stacks belong to an environment, by their names: those matching <c>stacks</c>, otherwise all that no other
/// environment claims.
/// </summary>
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

    /// <summary>
    /// The name of a stack in a stage has a dash in CloudFormation where its path in the app has a slash.
    /// </summary>
    private static bool Claims(EnvironmentDefinition environment, string stack) =>
        environment.Stacks.Any(pattern =>
            new StackPattern(pattern.Text.Replace('/', '-')).Matches(new StackName(stack, stack))
        );
}
