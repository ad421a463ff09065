using Lading.Aws.Protocols;

namespace Lading.Aws.Iam;

/// <summary>iam:SimulatePrincipalPolicy: the decision of a role's policies, its boundary and its organization, without resource policies.</summary>
/// <param name="Role">The role's ARN.</param>
/// <param name="Actions">Such as <c>ecr:BatchGetImage</c>.</param>
/// <param name="Resources">ARNs, or <c>*</c>.</param>
/// <param name="Marker">The token of a page; null for the first.</param>
internal sealed record SimulatePrincipalPolicy(
    string Role,
    IReadOnlyList<string> Actions,
    IReadOnlyList<string> Resources,
    string? Marker
) : QueryOperation<AwsPage<SimulatedDecision>>(AwsService.Iam)
{
    public override string Attempted => $"Could not find out what {Role} may do";

    protected override void Write(QueryForm form) =>
        form.Add("PolicySourceArn", Role)
            .AddAll("ActionNames", Actions)
            .AddAll("ResourceArns", Resources)
            .Add("Marker", Marker);

    protected override AwsPage<SimulatedDecision> Read(QueryAnswer result) =>
        new(
            [
                .. result
                    .Members("EvaluationResults")
                    .Select(each => new SimulatedDecision(
                        each.GetText("EvalActionName"),
                        each.GetText("EvalDecision"),
                        LacksContext(each) || each.Members("ResourceSpecificResults").Any(LacksContext)
                    )),
            ],
            result.FindText("IsTruncated") == "true" ? result.FindText("Marker") : null
        );

    private static bool LacksContext(QueryAnswer result) => result.Members("MissingContextValues").Count > 0;
}

/// <summary>A decision about one action on one resource.</summary>
/// <param name="Action">The action.</param>
/// <param name="Decision"><c>allowed</c>, <c>explicitDeny</c> or <c>implicitDeny</c>.</param>
/// <param name="LacksContext">Whether policies have conditions on context that only a real call has, such as its endpoint.</param>
internal sealed record SimulatedDecision(string Action, string Decision, bool LacksContext);
