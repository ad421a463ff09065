namespace Lading.EndToEndTests.Deploy;

/// <summary>The cases of C#, with an app in TypeScript.</summary>
[Collection(TypeScriptApps.Name)]
[Trait("Run", "long")]
public sealed class WhatGoesWrongInTypeScript(DeployedAlone alone) : WhatGoesWrong(alone.App)
{
    private protected override SampleApp Sample
    {
        get
        {
            SampleApp.RequireTypeScript();
            return SampleApp.TypeScript;
        }
    }
}
