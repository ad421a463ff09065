using System.Text.Json;
using Lading.Configuration;

namespace Lading.Checking.Templates;

/// <summary>What values of a template may refer to outside of it.</summary>
internal interface ITemplateSurroundings
{
    /// <summary>Where the stack is deployed to.</summary>
    StackEnvironment Environment { get; }

    /// <summary>The stack's name, as CloudFormation calls it; null for a nested one, whose name is made at deployment.</summary>
    string? StackName { get; }

    /// <summary>What the parent of a nested stack passes as a parameter; null if it passes none.</summary>
    Resolved? FindArgument(string parameter, Evaluation evaluation);

    /// <summary>What another stack of the assembly exports under a name; null if none does.</summary>
    Resolved? FindExport(string name, Evaluation evaluation);

    /// <summary>An output of a nested stack of this one; null if there is none.</summary>
    Resolved? FindNestedOutput(string logicalId, JsonElement resource, string output, Evaluation evaluation);

    /// <summary>What a parameter or a resource, referred to by its name, resolved to at the deployment; null if there was none yet.</summary>
    string? FindDeployed(string name) => null;
}
