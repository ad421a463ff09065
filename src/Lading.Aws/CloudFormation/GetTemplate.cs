using Lading.Aws.Protocols;

namespace Lading.Aws.CloudFormation;

/// <summary>cloudformation:GetTemplate: the deployed template. The text is JSON or YAML, as it was passed.</summary>
/// <param name="Stack">An ARN.</param>
/// <param name="IsOriginal">Whether to return it without transforms applied.</param>
/// <param name="ChangeSet">The ARN of a change set, to return its template; null for the deployed one.</param>
internal sealed record GetTemplate(string Stack, bool IsOriginal = false, string? ChangeSet = null)
    : QueryOperation<string>(AwsService.CloudFormation)
{
    public override string Attempted => $"Could not read the template of {Stack}";

    /// <remarks>A change set may be executed or deleted before its template is read.</remarks>
    public override IReadOnlyCollection<string> Expected => ChangeSet is null ? [] : ["ChangeSetNotFound"];

    protected override void Write(QueryForm form) =>
        form.Add("StackName", Stack)
            .Add("ChangeSetName", ChangeSet)
            .Add("TemplateStage", IsOriginal ? "Original" : "Processed");

    protected override string Read(QueryAnswer result) => result.FindText("TemplateBody") ?? "";
}
