using System.Text.Json;
using Lading.Configuration;

namespace Lading.Checking.Templates;

/// <summary>What a template's values may refer to outside the template.</summary>
internal interface ITemplateSurroundings
{
    /// <summary>The stack's account and region.</summary>
    StackEnvironment Environment { get; }

    /// <summary>The stack's name in CloudFormation; null for a nested one, whose name is known only at deployment.</summary>
    string? StackName { get; }

    /// <summary>The value that the parent of a nested stack passes for a parameter; null if it passes none.</summary>
    Resolved? FindArgument(string parameter, Evaluation evaluation);

    /// <summary>The value of an export of another stack in the assembly; null if none has it.</summary>
    Resolved? FindExport(string name, Evaluation evaluation);

    /// <summary>An output of a nested stack of this one; null if there is none.</summary>
    Resolved? FindNestedOutput(string logicalId, JsonElement resource, string output, Evaluation evaluation);

    /// <summary>The value of a parameter, or the physical id of a resource, in the deployed stack; null if it is not deployed, or unknown.</summary>
    string? FindDeployed(string name) => null;
}
