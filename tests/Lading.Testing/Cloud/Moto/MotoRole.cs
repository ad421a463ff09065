using Xunit;

namespace Lading.Testing.Cloud.Moto;

/// <summary>Assumes a role in one of moto's accounts; its keys then belong to that account.</summary>
internal static class MotoRole
{
    public static async Task<(string Key, string Secret, string Token)> TakeAsync(
        HttpClient http,
        Uri moto,
        string account
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, moto);
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Action"] = "AssumeRole",
                ["Version"] = "2011-06-15",
                ["RoleArn"] = $"arn:aws:iam::{account}:role/tests",
                ["RoleSessionName"] = "tests",
            }
        );
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=testing/20260101/{MotoServer.Region}/sts/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (Value("AccessKeyId"), Value("SecretAccessKey"), Value("SessionToken"));

        string Value(string name) => text.Split($"<{name}>")[1].Split($"</{name}>")[0];
    }
}
