namespace Lading.Testing.Cloud;

/// <summary>
/// IAM's answers about roles and their policies (IAM API reference; documents are URL-encoded as in RFC 3986). A
/// simulation considers the role's own policies only; the test sets its result.
/// </summary>
internal sealed class TestIam
{
    private const string Missing =
        "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The role cannot be found.</Message></Error></ErrorResponse>";

    public static IReadOnlyList<string> Operations { get; } =
    [
        "iam:GetRole",
        "iam:SimulatePrincipalPolicy",
        "iam:ListAttachedRolePolicies",
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:ListRolePolicies",
        "iam:GetRolePolicy",
    ];

    /// <summary>The roles, by name.</summary>
    public Dictionary<string, TestRole> Roles { get; } = new(StringComparer.Ordinal);

    public (int Status, string Body) Answer(string operation, IReadOnlyDictionary<string, string> form)
    {
        if (operation is "GetPolicy" or "GetPolicyVersion")
        {
            var text = Roles.Values.SelectMany(role => role.Managed).First(policy => policy.Key == form["PolicyArn"]);
            return operation == "GetPolicy"
                ? Result(operation, "<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>")
                : Result(
                    operation,
                    $"<PolicyVersion><VersionId>{form["VersionId"]}</VersionId><Document>{Uri.EscapeDataString(text.Value)}</Document></PolicyVersion>"
                );
        }

        var name = operation == "SimulatePrincipalPolicy" ? form["PolicySourceArn"].Split('/')[^1] : form["RoleName"];
        if (!Roles.TryGetValue(name, out var role))
        {
            return (404, Missing);
        }

        return operation switch
        {
            "GetRole" => Result(
                operation,
                $"<Role><Path>/</Path><RoleName>{name}</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::222222222222:role/{name}</Arn><CreateDate>2026-11-01T00:00:00Z</CreateDate></Role>"
            ),
            "SimulatePrincipalPolicy" => Result(operation, Simulate(role, form)),
            "ListAttachedRolePolicies" => Result(
                operation,
                $"<AttachedPolicies>{string.Concat(role.Managed.Keys.Select(arn => $"<member><PolicyArn>{arn}</PolicyArn></member>"))}</AttachedPolicies><IsTruncated>false</IsTruncated>"
            ),
            "ListRolePolicies" => Result(
                operation,
                $"<PolicyNames>{string.Concat(role.Own.Keys.Select(policy => $"<member>{policy}</member>"))}</PolicyNames><IsTruncated>false</IsTruncated>"
            ),
            "GetRolePolicy" => Result(
                operation,
                $"<RoleName>{name}</RoleName><PolicyName>{form["PolicyName"]}</PolicyName><PolicyDocument>{Uri.EscapeDataString(role.Own[form["PolicyName"]])}</PolicyDocument>"
            ),
            _ => throw new NotSupportedException(operation),
        };
    }

    private static string Simulate(TestRole role, IReadOnlyDictionary<string, string> form)
    {
        var results = form.Where(each => each.Key.StartsWith("ActionNames.member.", StringComparison.Ordinal))
            .Select(each =>
                $"<member><EvalActionName>{each.Value}</EvalActionName><EvalResourceName>{form["ResourceArns.member.1"]}</EvalResourceName><EvalDecision>{(role.Simulated.Contains(each.Value) ? "allowed" : "implicitDeny")}</EvalDecision>{(role.Conditional.Contains(each.Value) ? "<MissingContextValues><member>aws:SourceVpce</member></MissingContextValues>" : "")}</member>"
            );
        return $"<EvaluationResults>{string.Concat(results)}</EvaluationResults><IsTruncated>false</IsTruncated>";
    }

    private static (int, string) Result(string operation, string body) =>
        (
            200,
            $"<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{operation}Result>{body}</{operation}Result></{operation}Response>"
        );
}

/// <summary>A role of a <see cref="TestIam"/>.</summary>
internal sealed class TestRole
{
    /// <summary>The actions that a simulation allows.</summary>
    public HashSet<string> Simulated { get; } = new(StringComparer.Ordinal);

    /// <summary>Actions that a policy allows under a condition whose context a simulation lacks.</summary>
    public HashSet<string> Conditional { get; } = new(StringComparer.Ordinal);

    /// <summary>Attached managed policies, by ARN.</summary>
    public Dictionary<string, string> Managed { get; } = new(StringComparer.Ordinal);

    /// <summary>Inline policies, by name.</summary>
    public Dictionary<string, string> Own { get; } = new(StringComparer.Ordinal);
}
