using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:GetTemplate: what is deployed. The text is JSON or YAML, as it was given.</summary>
/// <param name="Stack">An ARN.</param>
/// <param name="IsOriginal">Whether it is wanted without transforms applied.</param>
/// <param name="ChangeSet">The ARN of a change set, whose template is wanted; null for what is deployed.</param>
internal sealed record GetTemplate(string Stack, bool IsOriginal = false, string? ChangeSet = null)
    : QueryOperation<string>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not read the template of {Stack}";

    /// <remarks>A change set may be executed or deleted before its template is asked for.</remarks>
    public override IReadOnlyCollection<string> Expected => ChangeSet is null ? [] : ["ChangeSetNotFound"];

    protected override void Write(QueryForm form) =>
        form.Add("StackName", Stack)
            .Add("ChangeSetName", ChangeSet)
            .Add("TemplateStage", IsOriginal ? "Original" : "Processed");

    protected override string Read(QueryAnswer result) => result.FindText("TemplateBody") ?? "";
}
